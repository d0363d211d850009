using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>Which flows a client may use, by what its ExplicitAuthFlows says.</summary>
public sealed class AuthFlowGateTests
{
    private const string Srp = "InvalidParameterException: USER_SRP_AUTH is not enabled for the client.";
    private const string Admin = "InvalidParameterException: Auth flow not enabled for this client";
    private const string CustomOnly =
        "InvalidParameterException: Only custom auth (lambda driven) is enabled for this client.";

    private const string Password =
        "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client";

    private const string Refresh =
        "InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled for this client";

    // Without a gate in the way each flow asks for its first parameter.
    private const string Open = "InvalidParameterException: Missing required parameter USERNAME";
    private const string RefreshOpen = "InvalidParameterException: Missing required parameter REFRESH_TOKEN";

    // Flows of the client; answers to USER_SRP_AUTH, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH,
    // CUSTOM_AUTH, USER_AUTH, REFRESH_TOKEN_AUTH.
    [Theory]
    [InlineData("", Open, Password, Admin, Open, "USER_AUTH", RefreshOpen)]
    [InlineData("ALLOW_USER_SRP_AUTH", Open, Password, Admin, "CUSTOM_AUTH", "USER_AUTH", Refresh)]
    [InlineData("ALLOW_USER_PASSWORD_AUTH", Srp, Open, Admin, "CUSTOM_AUTH", "USER_AUTH", Refresh)]
    [InlineData("ALLOW_ADMIN_USER_PASSWORD_AUTH", Srp, Password, Open, "CUSTOM_AUTH", "USER_AUTH", Refresh)]
    [InlineData("ALLOW_CUSTOM_AUTH", Srp, Password, Admin, Open, "USER_AUTH", Refresh)]
    [InlineData("ALLOW_USER_AUTH", Srp, Password, Admin, "CUSTOM_AUTH", Open, Refresh)]
    [InlineData("ALLOW_REFRESH_TOKEN_AUTH", Srp, Password, Admin, "CUSTOM_AUTH", "USER_AUTH", RefreshOpen)]
    [InlineData("USER_PASSWORD_AUTH", Open, Open, Admin, Open, "USER_AUTH", RefreshOpen)]
    [InlineData("ADMIN_NO_SRP_AUTH", Open, Password, Open, Open, "USER_AUTH", RefreshOpen)]
    [InlineData(
        "CUSTOM_AUTH_FLOW_ONLY", CustomOnly, CustomOnly, CustomOnly, Open, "USER_AUTH", RefreshOpen)]
    [InlineData(
        "CUSTOM_AUTH_FLOW_ONLY,USER_PASSWORD_AUTH", CustomOnly, CustomOnly, CustomOnly, Open, "USER_AUTH",
        RefreshOpen)]
    public async Task Lets_through_what_the_client_lists(
        string flows, string srp, string password, string admin, string custom, string user, string refresh)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            PoolKinds.Of("challenge triggers"),
            new { ExplicitAuthFlows = flows.Split(',', StringSplitOptions.RemoveEmptyEntries) });
        var (app, server) = (new TestApp(world, pool), new TestApp(world, pool, byAdministrator: true));

        foreach (var one in (TestApp[])[app, server])
        {
            await Answers(srp, one, "USER_SRP_AUTH");
            await Answers(NotEnabled(custom), one, "CUSTOM_AUTH");
            await Answers(NotEnabled(user), one, "USER_AUTH");
            await Answers(refresh, one, "REFRESH_TOKEN_AUTH");
            await Answers(refresh, one, "REFRESH_TOKEN");
        }

        await Answers(password, app, "USER_PASSWORD_AUTH");
        await Answers(admin, server, "ADMIN_USER_PASSWORD_AUTH");
        await Answers(admin, server, "ADMIN_NO_SRP_AUTH");
    }

    [Fact]
    public async Task Has_no_refresh_flow_while_refresh_tokens_rotate()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            null,
            new
            {
                ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" },
                RefreshTokenRotation = new { Feature = "ENABLED" },
            });
        await pool.ConfirmedUser("ana");
        var app = new TestApp(world, pool);
        var tokens = await app.SignedIn("ana");

        Assert.Equal(Refresh, (await app.Refresh(tokens.Refresh!)).ToString());
    }

    private static string NotEnabled(string flow) => flow is Open
        ? flow
        : $"InvalidParameterException: {flow} flow not enabled for this client";

    private static async Task Answers(string expected, TestApp app, string flow)
    {
        Assert.Equal($"{flow}: {expected}", $"{flow}: {await app.Start(flow)}");
    }
}
