using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

public sealed class PasswordChangedMeanwhileTests
{
    [Fact]
    public async Task A_new_temporary_password_voids_the_challenge_that_the_old_one_led_to()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.InvitedUser("ana");
        var challenged = await pool.SignIn("ana");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.Must(
            "AdminSetUserPassword",
            new { UserPoolId = pool.Id, Username = "ana", Password = "Next-1234!", Permanent = false });

        var answer = await world.Call(
            "RespondToAuthChallenge",
            new
            {
                pool.ClientId,
                ChallengeName = "NEW_PASSWORD_REQUIRED",
                Session = challenged["Session"]!.GetValue<string>(),
                ChallengeResponses = new Dictionary<string, string>
                {
                    ["USERNAME"] = "ana",
                    ["NEW_PASSWORD"] = "Mine-1234!",
                },
            });

        Assert.Equal("NotAuthorizedException: Invalid session for the user.", answer.ToString());
        Assert.Equal("FORCE_CHANGE_PASSWORD", await pool.StatusOf("ana"));
    }

    [Fact]
    public async Task Nobody_can_take_the_sub_of_another_for_a_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var ana = await pool.ConfirmedUser("ana");

        var answer = await world.Call(
            "SignUp", new { pool.ClientId, Username = ana.Sub, TestPool.Password });

        Assert.Equal("UsernameExistsException: User already exists", answer.ToString());
    }
}
