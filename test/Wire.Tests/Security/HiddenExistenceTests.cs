using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Several calls together must not tell, either, who exists to a client that hides it.</summary>
public sealed class HiddenExistenceTests
{
    private const string ByAdministrator = "NotAuthorizedException: Contact administrator to reset password.";

    private const string Mismatch =
        "CodeMismatchException: Invalid verification code provided, please try again.";

    [Theory, EachDatabase]
    public async Task A_reset_that_cannot_reach_the_user_is_redeemed_as_for_nobody(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, Hiding);
        await pool.ConfirmedUser("ana");
        await world.SignUp(pool, "ben");

        foreach (var name in (string[])["ana", "ben", "nobody"])
        {
            Assert.Equal("200", (await world.Public(pool, "ForgotPassword", name)).ToString());
            var answer = await world.Public(
                pool, "ConfirmForgotPassword", name, new { ConfirmationCode = "000000", TestPool.Password });
            Assert.Equal(Mismatch, answer.ToString());
        }
    }

    [Theory, EachDatabase]
    public async Task A_sign_up_that_cannot_be_verified_is_confirmed_as_for_nobody(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, null, Hiding);
        await world.SignUp(pool, "ben");

        foreach (var name in (string[])["ben", "nobody"])
        {
            Assert.Equal("200", (await world.Public(pool, "ResendConfirmationCode", name)).ToString());
            var answer = await world.Public(pool, "ConfirmSignUp", name, new { ConfirmationCode = "000000" });
            Assert.Equal(Mismatch, answer.ToString());
        }
    }

    [Fact]
    public async Task A_pool_whose_administrators_recover_says_so_to_everybody()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var only = new { RecoveryMechanisms = new[] { new { Name = "admin_only", Priority = 1 } } };
        var pool = await TestPool.Create(world, new { AccountRecoverySetting = only }, Hiding);
        await pool.ConfirmedUser("ana", "ana@example.com");
        await pool.ConfirmedUser("ben", "ben@example.com");
        await world.Admin(pool, "AdminDisableUser", "ben");

        foreach (var name in (string[])["ana", "ben", "nobody"])
        {
            var answer = await world.Public(pool, "ForgotPassword", name);
            Assert.Equal(ByAdministrator, answer.ToString());
        }
    }

    [Fact]
    public async Task The_simulated_destinations_of_the_two_kinds_of_codes_differ_as_real_and_simulated_do()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, null, Hiding);
        await pool.ConfirmedUser("ana", "ana@example.com");

        foreach (var name in (string[])["ana", "nobody"])
        {
            var reset = await Destination("ForgotPassword", name);
            Assert.NotEqual(reset, await Destination("ResendConfirmationCode", name));
            Assert.Equal(reset, await Destination("ForgotPassword", name));
        }

        async Task<string> Destination(string operation, string name)
        {
            var answer = await world.Public(pool, operation, name);
            return answer["CodeDeliveryDetails"]!["Destination"]!.GetValue<string>();
        }
    }

    private static object Hiding => new { PreventUserExistenceErrors = "ENABLED" };
}
