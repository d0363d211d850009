using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Limits;

public sealed class RateLimitsTests
{
    private const string PasswordRequired = "NEW_PASSWORD_REQUIRED";
    private const string Session = "not a session, only as long as one";

    [Fact]
    public async Task A_burst_of_one_seconds_worth_passes_and_is_refilled_evenly()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("UserRead", 4)));
        var pool = await PoolWithUsers(world, "ana");

        Assert.Equal(4, await Passed(10, () => world.Admin(pool, "AdminGetUser", "ana")));
        world.Clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Equal(0, await Passed(10, () => world.Admin(pool, "AdminGetUser", "ana")));
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await Passed(10, () => world.Admin(pool, "AdminGetUser", "ana")));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(4, await Passed(10, () => world.Admin(pool, "AdminGetUser", "ana")));
    }

    [Fact]
    public async Task A_category_is_counted_together_and_no_other_with_it()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("UserRead", 3), ("UserList", 1)));
        var pool = await PoolWithUsers(world, "ana");
        var token = await pool.AccessTokenOf("ana");

        Assert.Equal(2, await Passed(2, () => world.Admin(pool, "AdminGetUser", "ana")));
        Assert.Equal(1, await Passed(2, () => world.Call("GetUser", new { AccessToken = token })));
        Assert.Equal(1, await Passed(2, () => world.Call("ListUsers", new { UserPoolId = pool.Id })));
    }

    [Fact]
    public async Task Answers_to_challenges_have_three_times_the_rate_and_then_count_as_sign_ins()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("UserAuthentication", 2)));
        var app = new TestApp(world, await TestPool.Create(world));

        Assert.Equal(8, await Passed(20, () => app.Answer("PASSWORD_VERIFIER", null, ("USERNAME", "ana"))));
        Assert.Equal(0, await Passed(2, () => app.Password("ana")));
    }

    [Fact]
    public async Task Sign_ins_take_nothing_from_the_answers()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("UserAuthentication", 2)));
        var app = new TestApp(world, await TestPool.Create(world));

        Assert.Equal(2, await Passed(5, () => app.Password("ana")));
        Assert.Equal(6, await Passed(20, () => app.Answer("PASSWORD_VERIFIER", null, ("USERNAME", "ana"))));
    }

    [Fact]
    public async Task Answers_that_set_a_password_count_with_account_recovery()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory,
            rates: LimitSettings.Rates(("UserAuthentication", 1), ("UserAccountRecovery", 2)));
        var app = new TestApp(world, await TestPool.Create(world));

        Assert.Equal(2, await Passed(9, () => app.Answer(PasswordRequired, Session, ("USERNAME", "ana"))));
        Assert.Equal(0, await Passed(2, () => world.Public(app.Pool, "ForgotPassword", "ana")));
        Assert.Equal(1, await Passed(2, () => app.Password("ana")));
    }

    [Fact]
    public async Task Each_operation_on_each_pool_has_its_own_share()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: RateRules.Off with { PerPool = 5 });
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));

        Assert.Equal(5, await Passed(9, () => Describe(world, pool)));
        Assert.Equal(5, await Passed(9, () => Describe(world, other)));
        var id = new { UserPoolId = pool.Id };
        Assert.Equal(5, await Passed(9, () => world.Call("ListUserPoolClients", id)));
        Assert.Equal(9, await Passed(9, () => world.Call("DescribeUserPool", id)));
    }

    [Fact]
    public async Task What_one_pool_is_refused_takes_nothing_from_the_others()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("UserPoolClientRead", 4)) with { PerPool = 2 });
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));

        Assert.Equal(2, await Passed(9, () => Describe(world, pool)));
        Assert.Equal(2, await Passed(9, () => Describe(world, other)));
    }

    [Fact]
    public async Task Tags_are_put_on_five_times_a_second_in_all()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory,
            rates: LimitSettings.Rates(("TagResource", 5), ("UserPoolResourceUpdate", 15)));
        var rates = world.Get<RateLimits>();

        Assert.Equal(5, await Entered(20, number => rates.Enter(
            OperationFactsTable.All["TagResource"],
            new TagResourceRequest { ResourceArn = $"arn:{number}" },
            World.Beginning,
            CancellationToken.None)));
        Assert.Equal(10, await Entered(20, number => rates.Enter(
            OperationFactsTable.All["UntagResource"],
            new UntagResourceRequest { ResourceArn = $"arn:{number}" },
            World.Beginning,
            CancellationToken.None)));
    }

    [Fact]
    public async Task One_user_is_read_and_written_so_often_and_others_go_on()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: RateRules.Off with { ReadsPerUser = 10, WritesPerUser = 4 });
        var pool = await PoolWithUsers(world, "ana", "bob");
        world.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(10, await Passed(20, () => world.Admin(pool, "AdminGetUser", "ana")));
        Assert.Equal(4, await Passed(20, () => world.Admin(pool, "AdminEnableUser", "ana")));
        Assert.Equal(10, await Passed(20, () => world.Admin(pool, "AdminGetUser", "bob")));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, await Passed(20, () => world.Admin(pool, "AdminGetUser", "ana")));
    }

    [Fact]
    public async Task Sign_ins_are_counted_by_the_name_that_was_typed()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: RateRules.Off with { ReadsPerUser = 3 });
        var app = new TestApp(world, await TestPool.Create(world));

        Assert.Equal(3, await Passed(9, () => app.Password("ana")));
        Assert.Equal(3, await Passed(9, () => app.Password("bob")));
        Assert.Equal(0, await Passed(9, () => app.Answer("SMS_MFA", Session, ("USERNAME", "ana"))));
    }

    [Fact]
    public async Task Holders_of_tokens_are_counted_as_who_they_are_whatever_token_they_show()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: RateRules.Off with { ReadsPerUser = 4 });
        var pool = await PoolWithUsers(world, "ana", "bob");
        var (first, second) = (await pool.AccessTokenOf("ana"), await pool.AccessTokenOf("ana"));
        var bobs = await pool.AccessTokenOf("bob");
        world.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(3, await Passed(3, () => world.Call("GetUser", new { AccessToken = first })));
        Assert.Equal(1, await Passed(3, () => world.Call("GetUser", new { AccessToken = second })));
        Assert.Equal(4, await Passed(9, () => world.Call("GetUser", new { AccessToken = bobs })));
    }

    [Fact]
    public async Task Not_one_more_passes_when_two_ask_at_once_however_often()
    {
        const int allowed = 20;
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: RateRules.Off with { ReadsPerUser = allowed });
        var rates = world.Get<RateLimits>();
        var facts = OperationFactsTable.All["AdminGetUser"];
        var requests = Enumerable.Range(0, 5_000)
            .Select(number => new AdminGetUserRequest { UserPoolId = "p", Username = $"user{number}" })
            .ToArray();
        var entered = new int[requests.Length];
        using var together = new Barrier(2);

        // Each asks for half of what is allowed and once more, so that a token given twice is one too many.
        async Task Ask()
        {
            for (var number = 0; number < requests.Length; number++)
            {
                together.SignalAndWait(TestContext.Current.CancellationToken);
                // A second later, or names that share both their buckets would take each other's tokens.
                var now = World.Beginning.AddSeconds(number);
                var mine = await Entered(1 + (allowed / 2), _ => rates.Enter(
                    facts, requests[number], now, CancellationToken.None));
                Interlocked.Add(ref entered[number], mine);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(Ask)));

        Assert.All(entered, count => Assert.Equal(allowed, count));
    }

    [Fact]
    public async Task Of_many_at_the_same_instant_exactly_as_many_pass_as_may()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("UserRead", 50)) with { ReadsPerUser = 20 });
        var rates = world.Get<RateLimits>();
        var facts = OperationFactsTable.All["AdminGetUser"];

        async Task<int> Storm(string name) => (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Entered(100, _ => rates.Enter(
                facts,
                new AdminGetUserRequest { UserPoolId = "p", Username = name },
                World.Beginning,
                CancellationToken.None)))))).Sum();

        Assert.Equal(20, await Storm("ana"));
        Assert.Equal(20, await Storm("bob"));
        Assert.Equal(10, await Storm("eve"));
    }

    [Fact]
    public async Task Names_without_number_are_counted_in_the_same_memory()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: RateRules.Off with { ReadsPerUser = 10 });
        var rates = world.Get<RateLimits>();
        var facts = OperationFactsTable.All["AdminGetUser"];
        var requests = Enumerable.Range(0, 20_000)
            .Select(number => new AdminGetUserRequest { UserPoolId = "p", Username = $"user{number}" })
            .ToArray();
        await rates.Enter(facts, requests[0], World.Beginning, CancellationToken.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var request in requests)
            await rates.Enter(facts, request, World.Beginning, CancellationToken.None);

        // Less than one object for each: nothing is kept of them.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, requests.Length);
    }

    [Fact]
    public async Task Without_limits_nothing_is_counted_and_nothing_allocated()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var rates = world.Get<RateLimits>();
        var facts = OperationFactsTable.All["AdminGetUser"];
        var request = new AdminGetUserRequest { UserPoolId = "p", Username = "ana" };

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < 10_000; number++)
            await rates.Enter(facts, request, World.Beginning, CancellationToken.None);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_locks_nobody_out()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, rates: LimitSettings.Rates(("UserRead", 2)));
        var rates = world.Get<RateLimits>();
        var facts = OperationFactsTable.All["AdminGetUser"];
        ValueTask Enter(DateTimeOffset now) => rates.Enter(
            facts,
            new AdminGetUserRequest { UserPoolId = "p", Username = "ana" },
            now,
            CancellationToken.None);

        Assert.Equal(2, await Entered(5, _ => Enter(World.Beginning.AddHours(1))));
        Assert.Equal(2, await Entered(5, _ => Enter(World.Beginning)));
    }

    private static async Task<TestPool> PoolWithUsers(World world, params string[] names)
    {
        var pool = await TestPool.Create(world);
        foreach (var name in names) await pool.ConfirmedUser(name);
        return pool;
    }

    private static Task<Answer> Describe(World world, TestPool pool) =>
        world.Call("DescribeUserPoolClient", new { UserPoolId = pool.Id, pool.ClientId });

    /// <summary>How many of so many calls are not turned away for their number, however they end.</summary>
    private static async Task<int> Passed(int calls, Func<Task<Answer>> call)
    {
        var passed = 0;
        for (var number = 0; number < calls; number++)
        {
            var answer = await call();
            if (answer.Code != Errors.TooManyRequestsException) passed++;
            else Assert.Equal(LimitSettings.Exceeded, answer.ToString());
        }

        return passed;
    }

    private static async Task<int> Entered(int calls, Func<int, ValueTask> enter)
    {
        var entered = 0;
        for (var number = 0; number < calls; number++)
        {
            try
            {
                await enter(number);
                entered++;
            }
            catch (ApiException refusal) when (refusal.Code == Errors.TooManyRequestsException)
            {
            }
        }

        return entered;
    }
}
