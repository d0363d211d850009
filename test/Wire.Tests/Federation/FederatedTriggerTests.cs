using System.Text.Json.Nodes;
using Lifeguard.Wire.Tests.IdentityProviders;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>Which functions are asked when somebody comes from another provider, and what they can
/// change.</summary>
public sealed class FederatedTriggerTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:";

    private static readonly object All = new
    {
        LambdaConfig = new
        {
            PreSignUp = Arn + "pre-sign-up",
            PostConfirmation = Arn + "post-confirmation",
            PreAuthentication = Arn + "pre-authentication",
            PostAuthentication = Arn + "post-authentication",
            InboundFederation = new { LambdaVersion = "V1_0", LambdaArn = Arn + "inbound" },
        },
    };

    [Fact]
    public async Task The_first_time_is_a_registration_and_every_other_a_sign_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Watched(world);

        await pool.SignIn();
        var first = Sources(world);
        await pool.SignIn();

        Assert.Equal(
            "InboundFederation_ExternalProvider PreSignUp_ExternalProvider PostConfirmation_ConfirmSignUp",
            first);
        Assert.Equal(
            $"{first} InboundFederation_ExternalProvider PreAuthentication_Authentication "
            + "PostAuthentication_Authentication",
            Sources(world));
        Assert.All(
            world.Triggers.Events, input => Assert.Equal("Partner_123", input["userName"]!.ToString()));
    }

    [Fact]
    public async Task A_function_sees_what_the_provider_said_and_may_say_what_is_mapped()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Watched(world, new { email = "email", name = "name" });
        pool.Provider.Person["name"] = "Ana";
        pool.Provider.Attributes = new() { ["sub"] = "123", ["zoneinfo"] = "UTC" };
        world.Triggers.On(Arn + "inbound", input => input["response"]!["userAttributesToMap"] =
            new JsonObject { ["email"] = "mapped@example.com", ["sub"] = "999" });

        // Who it is no function changes.
        Assert.Equal("Partner_123", await pool.SignIn());

        Assert.Equal(
            "email=mapped@example.com;email_verified=false", await pool.AttributesOf("Partner_123"));
        var request = world.Triggers.Events[0]["request"]!;
        Assert.Equal("Partner", request["providerName"]!.ToString());
        Assert.Equal("OIDC", request["providerType"]!.ToString());
        var told = request["attributes"]!;
        Assert.Equal("access-code-1", told["tokenResponse"]!["access_token"]!.ToString());
        Assert.Equal("Ana", told["idToken"]!["name"]!.ToString());
        Assert.Equal("UTC", told["userInfo"]!["zoneinfo"]!.ToString());
    }

    [Fact]
    public async Task A_function_may_verify_the_address_of_a_new_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Watched(world);
        world.Triggers.On(Arn + "pre-sign-up", input =>
        {
            input["response"]!["autoVerifyEmail"] = true;
            input["response"]!["autoVerifyPhone"] = true;
        });

        await pool.SignIn();

        Assert.Equal("email=ana@example.com;email_verified=true", await pool.AttributesOf("Partner_123"));
    }

    [Theory]
    [InlineData("inbound", "InboundFederation", 0)]
    [InlineData("pre-sign-up", "PreSignUp", 0)]
    [InlineData("post-confirmation", "PostConfirmation", 1)]
    public async Task A_refusal_reaches_the_app_in_the_function_s_words(string name, string told, int users)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Watched(world);
        world.Triggers.Answers(Arn + name, new Domain.Effects.TriggerAnswer.Failed("Not today"));

        Assert.Equal($"invalid_request: {told} failed with error Not today.", await pool.SignIn());
        Assert.Equal(users, (await world.RowsOf("users")).Count);
    }

    [Theory]
    [InlineData("pre-authentication", "PreAuthentication", "old@example.com")]
    [InlineData("post-authentication", "PostAuthentication", "new@example.com")]
    public async Task Somebody_who_is_known_may_be_kept_outside_before_and_after(
        string name, string told, string email)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Watched(world);
        pool.Provider.Person["email"] = "old@example.com";
        await pool.SignIn();
        pool.Provider.Person["email"] = "new@example.com";
        world.Triggers.Answers(Arn + name, new Domain.Effects.TriggerAnswer.Failed("Not today"));

        Assert.Equal($"invalid_request: {told} failed with error Not today.", await pool.SignIn());
        Assert.Equal($"email={email};email_verified=false", await pool.AttributesOf("Partner_123"));
    }

    [Fact]
    public async Task Linking_inside_of_PreSignUp_gives_up_once_and_works_the_next_time()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await Watched(world);
        await pool.Pool.ConfirmedUser("ana");
        world.Triggers.On(Arn + "pre-sign-up", async _ => await ProviderCalls.Must(
            ProviderCalls.Link(world, pool.Pool, "ana", "Partner", "123")));

        Assert.Equal("invalid_request: Already found an entry for username Partner_123", await pool.SignIn());

        Assert.Equal("ana", await pool.SignIn());
    }

    private static async Task<FederatedPool> Watched(World world, object? mapping = null)
    {
        string[] names =
            ["pre-sign-up", "post-confirmation", "pre-authentication", "post-authentication", "inbound"];
        foreach (var name in names) world.Triggers.On(Arn + name, _ => { });
        var pool = await FederatedPool.Create(world, mapping);
        await world.Must("UpdateUserPool", Calls.Merge(new { UserPoolId = pool.Pool.Id }, All));
        return pool;
    }

    private static string Sources(World world) =>
        string.Join(' ', world.Triggers.Events.Select(input => input["triggerSource"]!.GetValue<string>()));
}
