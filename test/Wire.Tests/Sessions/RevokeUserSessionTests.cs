using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Sessions;

public sealed class RevokeUserSessionTests
{
    private const string Operation = "RevokeUserSession";

    [Theory, EachDatabase]
    public async Task Ends_another_session_of_the_user_with_its_tokens(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SessionCalls.Tracking(world);
        var (here, there) = (await app.SignedIn("ana"), await app.SignedIn("ana"));
        var id = await SessionCalls.Current(world, there);
        world.Transcript.Clear();

        await world.Own(here.Access, Operation, new { SessionId = id });
        await world.Admission(there.Access);
        await app.Refresh(there.Refresh!);
        await world.Admission(here.Access);
        await world.Own(here.Access, Operation, new { SessionId = id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Ends_sessions_of_clients_that_do_not_revoke_tokens_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        var other = new TestApp(world, await app.Pool.AnotherClient(new { EnableTokenRevocation = false }));
        var (here, there) = (await app.SignedIn("ana"), await other.SignedIn("ana"));

        await world.Own(
            here.Access,
            Operation,
            new
            {
                SessionId = await SessionCalls.Current(world, there),
                RevokeAssociatedSessions = "LINKED",
            });

        Assert.Equal(
            "NotAuthorizedException: Access Token has been revoked", await world.Admission(there.Access));
        Assert.Equal(
            "NotAuthorizedException: Refresh Token has been revoked",
            TestApp.Outcome(await other.Refresh(there.Refresh!)));
        Assert.Equal("200", await world.Admission(here.Access));
    }

    [Fact]
    public async Task Refuses_the_caller_s_own_session_and_those_of_others()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        await app.Pool.ConfirmedUser("bob");
        var (ana, bob) = (await app.SignedIn("ana"), await app.SignedIn("bob"));
        var own = await SessionCalls.Current(world, ana);

        Assert.Equal(
            "InvalidParameterException: The session of the access token cannot be revoked.",
            await world.LeavesNothing(() => world.Own(ana.Access, Operation, new { SessionId = own })));
        foreach (var id in (string[])[own, "tknm5k9p2q7r4s8t1v6w3x0y5z2b", "x", ""])
        {
            Assert.Equal(
                SessionCalls.NotFound,
                await world.LeavesNothing(() => world.Own(bob.Access, Operation, new { SessionId = id })));
        }

        Assert.Equal("200", await world.Admission(ana.Access));
    }

    [Fact]
    public async Task Refuses_what_the_contract_does_not_know()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        var tokens = await app.SignedIn("ana");
        var request = new { SessionId = "tknm5k9p2q7r4s8t1v6w3x0y5z2b", RevokeAssociatedSessions = "ALL" };

        Assert.Equal(
            "InvalidParameterException: 1 validation error detected: Value 'ALL' at "
            + "'revokeAssociatedSessions' failed to satisfy constraint: Member must satisfy enum value set: "
            + "[LINKED, NONE]",
            (await world.Own(tokens.Access, Operation, request)).ToString());
        await SessionCalls.Track(world, app.Pool, "DISABLED");
        Assert.Equal(
            SessionCalls.NotTracked,
            (await world.Own(tokens.Access, Operation, new { request.SessionId })).ToString());
    }
}
