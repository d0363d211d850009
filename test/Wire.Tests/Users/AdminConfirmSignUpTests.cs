using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminConfirmSignUpTests
{
    private const string PostConfirmation = "arn:aws:lambda:us-east-1:000000000000:function:confirmed";

    [Theory, EachDatabase]
    public async Task Confirms_without_a_code_and_verifies_nothing(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(PostConfirmation, _ => { });
        var pool = await TestPool.Create(
            world,
            Calls.Merge(PoolKinds.Of("verifies email"), new { LambdaConfig = new { PostConfirmation } }));
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var code = pool.LastCode();
        world.Transcript.Clear();

        await world.Admin(
            pool, "AdminConfirmSignUp", "ana", new { ClientMetadata = new { ticket = "T-17" } });
        await world.Admin(pool, "AdminGetUser", "ana");
        await pool.SignIn("ana");
        await world.Public(pool, "ConfirmSignUp", "ana", new { ConfirmationCode = code });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("CONFIRMED")]
    [InlineData("RESET_REQUIRED")]
    [InlineData("FORCE_CHANGE_PASSWORD")]
    [InlineData("EXTERNAL_PROVIDER")]
    public async Task Refuses_whoever_is_not_waiting(string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(PostConfirmation, _ => { });
        var pool = await TestPool.Create(world, new { LambdaConfig = new { PostConfirmation } });
        await pool.ConfirmedUser("ana");
        await world.SetStatus(pool.Id, "ana", status);

        Assert.Equal(
            "NotAuthorizedException: User cannot be confirmed. Current status is " + status,
            await world.LeavesNothing(() => world.Admin(pool, "AdminConfirmSignUp", "ana")));
    }

    [Fact]
    public async Task Refuses_unknown_users_and_pools()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var nowhere = new TestPool(world, "us-east-1_000000000", pool.ClientId);

        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => world.Admin(pool, "AdminConfirmSignUp", "ana")));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            await world.LeavesNothing(() => world.Admin(nowhere, "AdminConfirmSignUp", "ana")));
    }

    [Fact]
    public async Task Reports_a_failing_trigger_after_the_change()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.Answers(PostConfirmation, new TriggerAnswer.Failed("no"));
        var pool = await TestPool.Create(world, new { LambdaConfig = new { PostConfirmation } });
        await world.SignUp(pool, "ana");

        Assert.Equal(
            "UserLambdaValidationException: PostConfirmation failed with error no.",
            (await world.Admin(pool, "AdminConfirmSignUp", "ana")).ToString());
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_one_confirms(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await world.SignUp(pool, "ana");

        var answers = await world.Burst(
            20, "AdminConfirmSignUp", _ => new { UserPoolId = pool.Id, Username = "ana" });

        Assert.Equal(1, answers["200"]);
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
    }
}
