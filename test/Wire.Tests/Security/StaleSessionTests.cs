using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Sessions that outlive what they were begun with.</summary>
public sealed class StaleSessionTests
{
    [Theory, EachDatabase]
    public async Task A_replaced_temporary_password_cannot_be_turned_into_a_lasting_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.InvitedUser("ana");
        var stale = SessionOf(await pool.SignIn("ana"));
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        await world.Admin(
            pool, "AdminSetUserPassword", "ana", new { Password = "Fresh-123!", Permanent = false });

        var answer = await Choose(stale);
        Assert.Equal("NotAuthorizedException: Invalid session for the user.", answer.ToString());
        var current = SessionOf(await pool.SignIn("ana", "Fresh-123!"));
        Assert.Equal("200", (await Choose(current)).ToString());

        static string SessionOf(Answer answer) => answer["Session"]!.GetValue<string>();

        Task<Answer> Choose(string session) => world.Call(
            "RespondToAuthChallenge",
            new
            {
                pool.ClientId,
                ChallengeName = "NEW_PASSWORD_REQUIRED",
                Session = session,
                ChallengeResponses = new { USERNAME = "ana", NEW_PASSWORD = "Lasting-1!" },
            });
    }
}
