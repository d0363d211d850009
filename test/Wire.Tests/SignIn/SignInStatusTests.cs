using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>Every status of a user against every flow, with the right and with a wrong proof, for clients
/// that reveal who exists and for clients that hide it.</summary>
public sealed class SignInStatusTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";
    private const string Disabled = "NotAuthorizedException: User is disabled.";
    private const string Unconfirmed = "UserNotConfirmedException: User is not confirmed.";
    private const string Reset = "PasswordResetRequiredException: Password reset required for the user";

    private static readonly string[] Statuses =
        ["CONFIRMED", "UNCONFIRMED", "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"];

    private static readonly string[] Flows =
        ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_SRP_AUTH", "REFRESH_TOKEN_AUTH"];

    public static IEnumerable<TheoryDataRow<string, string, bool, bool, bool>> Table() =>
        from flow in Flows
        from status in Statuses
        from enabled in (bool[])[true, false]
        from hides in (bool[])[false, true]
        from right in (bool[])[true, false]
        select new TheoryDataRow<string, string, bool, bool, bool>(flow, status, enabled, hides, right);

    [Theory, MemberData(nameof(Table))]
    public async Task Answers_as_the_table_says(
        string flow, string status, bool enabled, bool hides, bool right)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var client = new { PreventUserExistenceErrors = hides ? "ENABLED" : "LEGACY" };
        var pool = await TestPool.Create(world, null, client);
        await pool.ConfirmedUser("ana");
        var refreshToken = (await new TestApp(world, pool).SignedIn("ana")).Refresh!;
        await world.SetStatus(pool.Id, "ana", status);
        if (!enabled) await world.Must("AdminDisableUser", new { UserPoolId = pool.Id, Username = "ana" });
        world.Transcript.Clear();

        var outcome = await SignIn(world, pool, flow, right, refreshToken);

        var expected = flow == "REFRESH_TOKEN_AUTH"
            ? Refreshed(status, enabled, right)
            : Expected(status, enabled, hides, right);
        Assert.Equal(expected, outcome);
        Assert.Equal(Written(flow, status, enabled, hides, expected), Tables(world));
        Assert.Equal(status, await pool.StatusOf("ana"));
    }

    private static async Task<string> SignIn(
        World world, TestPool pool, string flow, bool right, string refreshToken)
    {
        var password = right ? TestPool.Password : "Wrong-1234!";
        var app = new TestApp(world, pool, byAdministrator: flow == "ADMIN_USER_PASSWORD_AUTH");
        return TestApp.Outcome(flow switch
        {
            "REFRESH_TOKEN_AUTH" => await app.Refresh(right ? refreshToken : refreshToken[..^8] + "AAAAAAAA"),
            "USER_SRP_AUTH" => await app.Srp("ana", password),
            _ => await app.Password("ana", password),
        });
    }

    private static string Expected(string status, bool enabled, bool hides, bool right)
    {
        var isToldAtOnce = !hides;
        if (isToldAtOnce && !enabled) return Disabled;
        if (isToldAtOnce && status == "UNCONFIRMED") return Unconfirmed;
        if (!right || status == "EXTERNAL_PROVIDER") return Wrong;
        if (!enabled) return Disabled;
        return status switch
        {
            "UNCONFIRMED" => Unconfirmed,
            "RESET_REQUIRED" => Reset,
            "FORCE_CHANGE_PASSWORD" => "NEW_PASSWORD_REQUIRED",
            _ => "tokens",
        };
    }

    private static string Refreshed(string status, bool enabled, bool right)
    {
        if (!right) return "NotAuthorizedException: Invalid Refresh Token.";
        if (!enabled) return Disabled;
        return status switch
        {
            "RESET_REQUIRED" => Reset,
            // Was one of the pool's own when the token was issued, and is none any more.
            "EXTERNAL_PROVIDER" => "NotAuthorizedException: Refresh Token has been revoked",
            _ => "tokens",
        };
    }

    // Wrong passwords are counted and proofs are used up; nothing else is written.
    private static string Written(string flow, string status, bool enabled, bool hides, string expected)
    {
        var isStoppedBeforeProof = !hides && (!enabled || status == "UNCONFIRMED");
        var counted = expected == Wrong ? "sign_in_failure" : "";
        return flow == "USER_SRP_AUTH" && !isStoppedBeforeProof ? $"{counted} spent".Trim() : counted;
    }

    private static string Tables(World world) => string.Join(
        ' ',
        from line in world.Transcript.ToString().Split('\n')
        where line.StartsWith("  + ", StringComparison.Ordinal)
            || line.StartsWith("  - ", StringComparison.Ordinal)
        select line.Split(' ')[3]);
}
