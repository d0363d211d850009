using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Lifeguard.Worlds.Saml;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>How a pool keeps up with what a provider says of itself.</summary>
public sealed class MetadataRefreshTests
{
    private static readonly object ByAddress = new { MetadataURL = "https://saml.example/metadata" };

    private static readonly SamlIdp Old = new(new SeededRandom(7).RsaKey());

    private static readonly SamlIdp New = new(OtherKey());

    [Theory, EachDatabase]
    public async Task A_new_key_is_known_after_six_hours(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, asked) = await Published(world);
        Answering(world, New.Metadata());

        world.Clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(Unsigned, await app.Outcome(New.Post(app.Spec)));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("Ana.Planet", await app.Outcome(New.Post(app.Spec)));
        Assert.Equal(Unsigned, await app.Outcome(Old.Post(app.Spec with { AssertionId = "_old" })));
        Assert.Single(asked);
        Assert.Equal([New.Certificate], (await app.Provider()).Certificates);
    }

    [Fact]
    public async Task Addresses_too_and_nothing_else_changes()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Published(world);
        var before = await app.Provider();
        Answering(world, Old.Metadata().Replace("example/sso", "example/new", StringComparison.Ordinal));

        world.Clock.Advance(TimeSpan.FromHours(6));
        var address = await app.Begin();

        Assert.StartsWith("https://saml.example/new?", address.AbsoluteUri, StringComparison.Ordinal);
        var after = await app.Provider();
        Assert.Equal(
            (before.Id, before.ModifiedAt, before.Issuer), (after.Id, after.ModifiedAt, after.Issuer));
        var shown = (await app.Describe())["IdentityProvider"]!["ProviderDetails"]!;
        Assert.Equal("https://saml.example/new", (string)shown["SSORedirectBindingURI"]!);
    }

    [Fact]
    public async Task It_is_read_once_in_six_hours_however_many_use_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Published(world);
        var asked = Answering(world, Old.Metadata());
        world.Clock.Advance(TimeSpan.FromHours(6));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => app.Begin())));
        Assert.Single(asked);
        world.Clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromMilliseconds(1));
        await app.Begin();
        Assert.Single(asked);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await app.Begin();
        Assert.Equal(2, asked.Count);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(302, "")]
    [InlineData(200, "no XML")]
    [InlineData(200, "<!DOCTYPE x><EntityDescriptor/>")]
    public async Task What_cannot_be_read_leaves_what_is_known_and_is_tried_again_later(
        int status, string body)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Published(world);
        var asked = Answering(world, body, status);
        world.Clock.Advance(TimeSpan.FromHours(6));

        Assert.Equal("Ana.Planet", await app.Outcome(Old.Post(app.Spec)));
        Assert.Equal("Ana.Planet", await app.Outcome(Old.Post(app.Spec with { AssertionId = "_second" })));
        Assert.Single(asked);
        asked = Answering(world, New.Metadata());
        world.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("Ana.Planet", await app.Outcome(New.Post(app.Spec with { AssertionId = "_third" })));
        Assert.Single(asked);
    }

    [Fact]
    public async Task Nobody_answering_is_no_reason_to_refuse_anybody()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Published(world);
        world.Get<ScriptedHttp>().Answer = null;
        world.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal("Ana.Planet", await app.Outcome(Old.Post(app.Spec)));
    }

    [Fact]
    public async Task Somebody_else_at_the_address_is_not_believed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Published(world);
        Answering(world, new SamlIdp(OtherKey(), "https://evil.example/entity").Metadata());
        world.Clock.Advance(TimeSpan.FromHours(6));

        Assert.Equal("Ana.Planet", await app.Outcome(Old.Post(app.Spec)));
        Assert.Equal([Old.Certificate], (await app.Provider()).Certificates);
    }

    [Fact]
    public async Task It_is_read_sooner_where_it_ends_sooner()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Published(world);
        world.Clock.Advance(TimeSpan.FromHours(6));
        var end = SamlText.Instant(world.Clock.GetUtcNow().AddHours(1));
        var asked = Answering(world, Old.Metadata().Replace(
            "<EntityDescriptor ", $"<EntityDescriptor validUntil=\"{end}\" ", StringComparison.Ordinal));

        await app.Begin();
        world.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await app.Begin();
        Assert.Single(asked);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await app.Begin();
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task A_file_is_as_it_was_given()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SamlApp.Create(world);
        var asked = Answering(world, New.Metadata());
        world.Clock.Advance(TimeSpan.FromDays(1));

        await app.Begin();

        Assert.Empty(asked);
    }

    private const string Unsigned =
        "server_error: Error in SAML response processing: SAML Assertion signature is invalid.";

    private static async Task<(SamlApp App, List<OutboundRequest> Asked)> Published(World world)
    {
        var asked = Answering(world, Old.Metadata());
        return (await SamlApp.Create(world, ByAddress), asked);
    }

    private static System.Security.Cryptography.RSA OtherKey()
    {
        var random = new SeededRandom(7);
        random.RsaKey().Dispose();
        return random.RsaKey();
    }
}
