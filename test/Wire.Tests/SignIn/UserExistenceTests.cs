using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>What a stranger learns about who has an account.</summary>
public sealed class UserExistenceTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Unknown = "UserNotFoundException: User does not exist.";

    [Theory]
    [InlineData(null, Unknown, Unknown)]
    [InlineData("LEGACY", Unknown, Unknown)]
    [InlineData("ENABLED", Wrong, Wrong)]
    public async Task Unknown_names_are_told_or_hidden_as_the_client_says(
        string? setting, string password, string srp)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = setting is null ? null : new { PreventUserExistenceErrors = setting };
        var pool = await TestPool.Create(world, null, client);

        foreach (var byAdministrator in (bool[])[false, true])
        {
            var app = new TestApp(world, pool, byAdministrator);
            Assert.Equal(password, TestApp.Outcome(await app.Password("nobody")));
            Assert.Equal(srp, TestApp.Outcome(await app.Srp("nobody")));
        }
    }

    [Theory]
    [InlineData("names", "ana", "nobody")]
    [InlineData("aliases", "ana", "nobody")]
    [InlineData("aliases", "ana@example.com", "nobody@example.com")]
    [InlineData("aliases", "+15551230000", "+15559990000")]
    [InlineData("addresses", "ana@example.com", "nobody@example.com")]
    public async Task A_hidden_unknown_name_looks_like_a_known_one(
        string naming, string known, string unknown)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        object? settings = naming switch
        {
            "aliases" => new { AliasAttributes = new[] { "email", "phone_number" } },
            "addresses" => new { UsernameAttributes = new[] { "email" } },
            _ => null,
        };
        var pool = await TestPool.Create(world, settings, new { PreventUserExistenceErrors = "ENABLED" });
        await pool.ConfirmedUser(naming == "addresses" ? known : "ana", "ana@example.com", "+15551230000");
        var app = new TestApp(world, pool);
        var srp = new SrpClient();

        var real = await app.StartSrp(known, srp.PublicHex);
        var first = await app.StartSrp(unknown, srp.PublicHex);
        var second = await app.StartSrp(unknown, srp.PublicHex);

        Assert.Equal(Names(real), Names(first));
        Assert.Equal(Of(first, "USERNAME"), Of(first, "USER_ID_FOR_SRP"));
        // The same salt and id at every try; the rest is new each time.
        Assert.Equal(Of(first, "SALT"), Of(second, "SALT"));
        Assert.Equal(Of(first, "USER_ID_FOR_SRP"), Of(second, "USER_ID_FOR_SRP"));
        Assert.NotEqual(Of(first, "SRP_B"), Of(second, "SRP_B"));
        Assert.NotEqual(Of(first, "SECRET_BLOCK"), Of(second, "SECRET_BLOCK"));
        Assert.NotEqual(Of(first, "SALT"), Of(real, "SALT"));
        // A user found by an address is called something else than the address.
        Assert.Equal(known == Of(real, "USERNAME"), unknown == Of(first, "USERNAME"));
        Assert.Equal(IsUuid4(Of(real, "USERNAME")), naming == "addresses");
        if (naming == "addresses") Assert.True(IsUuid4(Of(first, "USERNAME")));

        world.Transcript.Clear();
        Assert.Equal(Wrong, TestApp.Outcome(await app.Prove(real, srp, "Wrong-1234!")));
        var written = Shape(world);
        world.Transcript.Clear();
        Assert.Equal(Wrong, TestApp.Outcome(await app.Prove(first, srp, "Wrong-1234!")));
        Assert.Equal(written, Shape(world));
    }

    [Fact]
    public async Task Folds_an_unknown_name_as_a_known_one_is_folded()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            new { UsernameConfiguration = new { CaseSensitive = false } },
            new { PreventUserExistenceErrors = "ENABLED" });
        await pool.ConfirmedUser("Ana");
        var app = new TestApp(world, pool);

        var (real, fake) = (await app.StartSrp("ANA", "a1"), await app.StartSrp("NOBODY", "a1"));

        Assert.Equal(("ana", "nobody"), (Of(real, "USERNAME"), Of(fake, "USERNAME")));
        Assert.Equal(Of(fake, "SALT"), Of(await app.StartSrp("nobody", "a1"), "SALT"));
    }

    [Fact]
    public async Task Stand_ins_differ_between_names_and_pools()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var hiding = new { PreventUserExistenceErrors = "ENABLED" };
        var here = new TestApp(world, await TestPool.Create(world, null, hiding));
        var there = new TestApp(world, await TestPool.Create(world, null, hiding));

        string[] salts =
        [
            Of(await here.StartSrp("nobody", "a1"), "SALT"),
            Of(await here.StartSrp("noone", "a1"), "SALT"),
            Of(await there.StartSrp("nobody", "a1"), "SALT"),
        ];

        Assert.Equal(3, salts.Distinct().Count());
    }

    [Fact]
    public async Task A_user_without_a_password_looks_like_one_with_a_password()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, null, new { PreventUserExistenceErrors = "ENABLED" });
        await pool.ConfirmedUser("google_1");
        await world.SetStatus(pool.Id, "google_1", "EXTERNAL_PROVIDER");
        var app = new TestApp(world, pool);

        var (first, second) = (await app.StartSrp("google_1", "a1"), await app.StartSrp("google_1", "a1"));

        Assert.Equal(Of(first, "SALT"), Of(second, "SALT"));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Srp("google_1")));
        Assert.Equal(Wrong, TestApp.Outcome(await app.Password("google_1")));
    }

    [Fact]
    public async Task Attempts_on_an_unknown_name_write_what_attempts_on_a_known_one_write()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(
            world, await TestPool.Create(world, null, new { PreventUserExistenceErrors = "ENABLED" }));
        await app.Pool.ConfirmedUser("ana");
        world.Transcript.Clear();
        await app.Password("ana", "Wrong-1234!");
        var known = Shape(world);
        world.Transcript.Clear();
        await app.Password("nobody", "Wrong-1234!");

        Assert.Equal(known, Shape(world));
        Assert.Contains("sign_in_failure", known, StringComparison.Ordinal);
    }

    private static string Of(Answer answer, string parameter) =>
        answer["ChallengeParameters"]![parameter]!.GetValue<string>();

    private static string[] Names(Answer answer) =>
        [.. answer["ChallengeParameters"]!.AsObject().Select(pair => $"{pair.Key}")];

    private static bool IsUuid4(string text) =>
        Guid.TryParseExact(text, "D", out var id) && id.Version == 4 && text[19] is '8' or '9' or 'a' or 'b';

    /// <summary>The changed rows, with what identifies them left out.</summary>
    private static string Shape(World world) => string.Join(
        '\n',
        from line in world.Transcript.ToString().Split('\n')
        where line.StartsWith("  ", StringComparison.Ordinal)
        select string.Join(
            ' ', line.Split(' ').Where(word => !word.StartsWith("sub=", StringComparison.Ordinal)
                && !word.StartsWith("id=", StringComparison.Ordinal))));
}
