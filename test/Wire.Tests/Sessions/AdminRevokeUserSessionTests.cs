using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Sessions;

public sealed class AdminRevokeUserSessionTests
{
    private const string Operation = "AdminRevokeUserSession";

    [Theory, EachDatabase]
    public async Task Ends_a_session_with_its_tokens(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SessionCalls.Tracking(world);
        var tokens = await app.SignedIn("ana");
        var id = await SessionCalls.Current(world, tokens);
        world.Transcript.Clear();

        await world.Admin(app.Pool, Operation, "ana", new { SessionId = id });
        await world.Admission(tokens.Access);
        await app.Refresh(tokens.Refresh!);
        await world.Admin(app.Pool, Operation, "ana", new { SessionId = id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        await app.Pool.ConfirmedUser("bob");
        var plain = await TestPool.Create(world);
        await plain.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        var session = new { SessionId = await SessionCalls.Current(world, tokens) };

        // The user must be the session's own (doc).
        Assert.Equal(
            SessionCalls.NotFound,
            await world.LeavesNothing(() => world.Admin(app.Pool, Operation, "bob", session)));
        Assert.Equal(
            SessionCalls.NotTracked,
            await world.LeavesNothing(() => world.Admin(plain, Operation, "ana", session)));
        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => world.Admin(app.Pool, Operation, "eve", session)));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            await world.LeavesNothing(() => world.Admin(
                new(world, "us-east-1_000000000", app.Pool.ClientId), Operation, "ana", session)));
        Assert.Equal("200", await world.Admission(tokens.Access));
    }

    [Fact]
    public async Task A_session_that_a_sign_out_has_ended_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        var id = await SessionCalls.Current(world, await app.SignedIn("ana"));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await world.Admin(app.Pool, "AdminDisableUser", "ana");

        Assert.Equal(
            SessionCalls.NotFound,
            (await world.Admin(app.Pool, Operation, "ana", new { SessionId = id })).ToString());
    }
}
