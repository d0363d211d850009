using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Sessions;

public sealed class AdminListUserSessionsTests
{
    private const string Operation = "AdminListUserSessions";

    [Theory, EachDatabase]
    public async Task Shows_where_the_user_is_signed_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await SessionCalls.Tracking(world);
        await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Srp("ana");
        world.Transcript.Clear();

        await world.Admin(app.Pool, Operation, "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Shows_each_user_s_own()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        await app.Pool.ConfirmedUser("bob");
        await app.SignedIn("ana");

        Assert.Empty(await SessionCalls.Of(world, app.Pool, "bob"));
        Assert.Single(await SessionCalls.Of(world, app.Pool));
    }

    [Fact]
    public async Task Refuses_what_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        var plain = await TestPool.Create(world);
        await plain.ConfirmedUser("ana");
        var nowhere = new TestPool(world, "us-east-1_000000000", app.Pool.ClientId);

        Assert.Equal(SessionCalls.NotTracked, (await world.Admin(plain, Operation, "ana")).ToString());
        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            (await world.Admin(app.Pool, Operation, "bob")).ToString());
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await world.Admin(nowhere, Operation, "ana")).ToString());
        Assert.Equal(
            "InvalidParameterException: Invalid pagination token.",
            (await world.Admin(app.Pool, Operation, "ana", new { NextToken = "garbage" })).ToString());
    }

    [Fact]
    public async Task Sessions_end_with_the_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await SessionCalls.Tracking(world);
        await app.SignedIn("ana");

        await world.Admin(app.Pool, "AdminDeleteUser", "ana");

        Assert.Empty(await world.RowsOf("user_session"));
    }
}
