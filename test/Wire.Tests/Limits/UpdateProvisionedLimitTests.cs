using Lifeguard.Operations;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Limits;

public sealed class UpdateProvisionedLimitTests
{
    [Theory, EachDatabase]
    public async Task Raises_a_rate_and_lowers_it_again(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);

        await world.Provision("UserCreation", 80);
        await world.Provision("UserCreation", 60);
        await world.Provision("UserCreation", 50);

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Lets_more_through_from_then_on(DatabaseKind kind)
    {
        await using var world = await World.Start(kind, rates: LimitSettings.Rates(("UserRead", 2)));
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");

        Assert.Equal(2, await Passed(world, pool));
        await world.Provision("UserRead", 5);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(5, await Passed(world, pool));
        await world.Provision("UserRead", 2);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await Passed(world, pool));
    }

    [Fact]
    public async Task Does_not_limit_what_the_settings_do_not_limit()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("UserList", 1)));
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.Provision("UserRead", 200);

        Assert.Equal(8, await Passed(world, pool));
    }

    [Theory]
    [InlineData("UserRead", 119,
        "InvalidParameterException: RequestedLimitValue must not be lower than the default limit of 120.")]
    [InlineData("UserRead", -1,
        "InvalidParameterException: RequestedLimitValue must not be lower than the default limit of 120.")]
    [InlineData("UserRead", 1001,
        "ServiceQuotaExceededException: RequestedLimitValue exceeds the maximum limit of 1000.")]
    [InlineData("UserUpdate", 50,
        "InvalidParameterException: The limit of category UserUpdate is not adjustable.")]
    [InlineData("UserLogin", 50, "ResourceNotFoundException: There is no limit of that definition.")]
    public async Task Refuses_what_cannot_be_provisioned(string category, int value, string expected)
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: RateRules.Off with { HighestProvisioned = 1000 });

        Assert.Equal(expected, (await world.Provision(category, value)).ToString());
        PoolSettings.ShouldHaveChangedNothing(world);
    }

    [Fact]
    public async Task Asks_for_both_members()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "InvalidParameterException: 2 validation errors detected: Value null at 'limitDefinition' failed "
            + "to satisfy constraint: Member must not be null; Value null at 'requestedLimitValue' failed to "
            + "satisfy constraint: Member must not be null",
            (await world.Call("UpdateProvisionedLimit", new { Other = 1 })).ToString());
    }

    /// <summary>How many of eight calls at one instant pass.</summary>
    private static async Task<int> Passed(World world, TestPool pool)
    {
        var passed = 0;
        for (var call = 0; call < 8; call++)
        {
            var answer = await world.Admin(pool, "AdminGetUser", "ana");
            if (answer.IsSuccess) passed++;
            else Assert.Equal(LimitSettings.Exceeded, answer.ToString());
        }

        return passed;
    }
}
