using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

public sealed class GlobalSignOutTests
{
    private const string Operation = "GlobalSignOut";
    private const string Revoked = "NotAuthorizedException: Access Token has been revoked";

    [Theory, EachDatabase]
    public async Task Ends_every_sign_in_of_the_user(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        var other = new TestApp(world, await app.Pool.AnotherClient(new { EnableTokenRevocation = false }));
        await app.Pool.ConfirmedUser("ana");
        var (here, there) = (await app.SignedIn("ana"), await other.SignedIn("ana"));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        world.Transcript.Clear();

        await world.Own(here.Access, Operation);
        await world.Own(here.Access, Operation);
        await world.Admission(there.Access);
        await app.Refresh(here.Refresh!);
        await other.Refresh(there.Refresh!);
        var fresh = await app.SignedIn("ana");
        await world.Admission(fresh.Access);
        await app.Refresh(fresh.Refresh!);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Ends_a_sign_in_of_the_same_millisecond_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");

        Assert.Equal("200", (await world.Own(tokens.Access, Operation)).ToString());

        Assert.Equal(Revoked, await world.Admission(tokens.Access));
        Assert.Equal(
            "NotAuthorizedException: Refresh Token has been revoked",
            TestApp.Outcome(await app.Refresh(tokens.Refresh!)));
        Assert.Equal("200", await world.Admission((await app.SignedIn("ana")).Access));
    }

    [Fact]
    public async Task Leaves_other_users_signed_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        await app.Pool.ConfirmedUser("bob");
        var (ana, bob) = (await app.SignedIn("ana"), await app.SignedIn("bob"));

        await world.Own(ana.Access, Operation);

        Assert.Equal("200", await world.Admission(bob.Access));
        Assert.Equal("tokens", TestApp.Outcome(await app.Refresh(bob.Refresh!)));
    }

    [Fact]
    public async Task Refuses_tokens_that_are_good_for_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana", email: "ana@example.com");
        await app.Pool.ConfirmedUser("bob");
        var (ana, bob) = (await app.SignedIn("ana"), await app.SignedIn("bob"));
        await world.Admin(app.Pool, "AdminDeleteUser", "bob");
        await world.Admin(app.Pool, "AdminResetUserPassword", "ana");

        Assert.Equal(
            "PasswordResetRequiredException: Password reset required for the user",
            await world.LeavesNothing(() => world.Own(ana.Access, Operation)));
        // The operation has no word for a user who is gone.
        Assert.Equal(Revoked, await world.LeavesNothing(() => world.Own(bob.Access, Operation)));
        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token",
            await world.LeavesNothing(() => world.Own(ana.Id, Operation)));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(
            "NotAuthorizedException: Access Token has expired",
            await world.LeavesNothing(() => world.Own(ana.Access, Operation)));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_all_are_answered_and_nobody_stays_signed_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var answers = await world.Burst(20, Operation, _ => new { AccessToken = tokens.Access });

        Assert.True(answers["200"] >= 1);
        Assert.Equal(20, answers["200"] + answers.GetValueOrDefault("NotAuthorizedException"));
        Assert.Equal(Revoked, await world.Admission(tokens.Access));
    }
}
