using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Triggers;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>How many trigger calls there are at a time, and what becomes of a function that nobody
/// reaches.</summary>
public sealed class TriggerGateTests
{
    private const string Throttled =
        "UnexpectedLambdaException: PreSignUp invocation failed due to error TooManyRequestsException.";
    private const string Lost =
        "UnexpectedLambdaException: PreSignUp invocation failed due to error "
        + "Connection failure while invoking Lambda function.";

    private static readonly TimeSpan Open = TimeSpan.FromSeconds(10);
    private static readonly string Function = TriggeredPool.ArnOf("PreSignUp");

    private static readonly TriggerAnswer Unreachable =
        new TriggerAnswer.NotInvoked("Connection failure while invoking Lambda function", MayRetry: true)
        {
            IsUnreachable = true,
        };

    private static readonly TriggerAnswer Event = new TriggerAnswer.Returned("{\"response\":{}}"u8.ToArray());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(1000, 1)]
    public async Task Beyond_a_bound_calls_are_throttled_until_one_has_ended(int all, int ofOne)
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, triggers: new(MaxConcurrent: all, MaxPerFunction: ofOne));
        var pool = await TriggeredPool.Create(world);
        var answer = world.Triggers.AnswersLater(Function);

        var first = pool.SignUp("one");
        await world.Triggers.Hung(Cancelled);
        var second = await pool.SignUp("two");
        answer.SetResult(Event);
        await first;

        Assert.Equal(Throttled, second.ToString());
        Assert.Equal("200", (await pool.SignUp("two")).ToString());
    }

    [Fact]
    public async Task A_function_that_has_its_share_leaves_the_others_theirs()
    {
        await using var world = await World.Start(
            DatabaseKind.Memory, triggers: new(MaxConcurrent: 2, MaxPerFunction: 1));
        var pool = await TriggeredPool.Create(world);
        var answer = world.Triggers.AnswersLater(Function);

        var first = pool.SignUp("one");
        await world.Triggers.Hung(Cancelled);

        Assert.Equal(Throttled, (await pool.SignUp("two")).ToString());
        Assert.Equal("tokens", TestApp.Outcome(await pool.App.Password("ana")));
        answer.SetResult(Event);
        Assert.Equal("200", (await first).ToString());
    }

    [Fact]
    public async Task A_function_that_does_not_answer_is_let_alone_for_a_while()
    {
        await using var world = await Started(failures: 4);
        var pool = await TriggeredPool.Create(world);
        world.Triggers.Answers(Function, Unreachable);

        // Three tries, then one that opens the circuit, which answers from then on.
        Assert.Equal((Lost, 3), await Tries(pool));
        Assert.Equal((Lost, 1), await Tries(pool));
        Assert.Equal((Lost, 0), await Tries(pool));

        world.Clock.Advance(Open);
        Assert.Equal((Lost, 1), await Tries(pool));
        Assert.Equal((Lost, 0), await Tries(pool));

        world.Clock.Advance(Open);
        world.Triggers.Answers(Function, Event);
        Assert.Equal(("200", 1), await Tries(pool));
        Assert.Equal(("200", 1), await Tries(pool, "another"));
    }

    [Fact]
    public async Task One_call_alone_finds_out_whether_the_function_is_back()
    {
        await using var world = await Started(failures: 1);
        var pool = await TriggeredPool.Create(world);
        world.Triggers.Answers(Function, Unreachable);
        await Tries(pool);
        world.Clock.Advance(Open);
        var answer = world.Triggers.AnswersLater(Function);

        var probe = pool.SignUp("one");
        await world.Triggers.Hung(Cancelled);
        var meanwhile = await Tries(pool, "two");
        answer.SetResult(Event);

        Assert.Equal((Lost, 0), meanwhile);
        Assert.Equal("200", (await probe).ToString());
        Assert.Equal(("200", 1), await Tries(pool, "two"));
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("is throttled")]
    [InlineData("refuses")]
    [InlineData("is missing")]
    [InlineData("is out of order")]
    [InlineData("returns no JSON")]
    public async Task What_a_function_answers_never_opens_the_circuit(string way)
    {
        await using var world = await Started(failures: 1);
        var pool = await TriggeredPool.Create(world);
        Misbehaviour.Of(way).Befall(world, Function);
        for (var i = 0; i < 5; i++) Assert.NotEqual(0, (await Tries(pool)).Count);

        world.Triggers.Answers(Function, Event);

        Assert.Equal(("200", 1), await Tries(pool));
    }

    [Fact]
    public async Task An_answer_between_two_failures_starts_the_count_anew()
    {
        await using var world = await Started(failures: 4);
        var pool = await TriggeredPool.Create(world);
        for (var i = 0; i < 3; i++)
        {
            world.Triggers.Answers(Function, Unreachable);
            Assert.Equal((Lost, 3), await Tries(pool));
            world.Triggers.Answers(Function, new TriggerAnswer.Failed("alive"));
            await Tries(pool);
        }
    }

    [Fact]
    public async Task The_circuit_of_one_function_is_not_that_of_another()
    {
        await using var world = await Started(failures: 1);
        var pool = await TriggeredPool.Create(world);
        world.Triggers.Answers(Function, Unreachable);
        await Tries(pool);

        Assert.Equal("tokens", TestApp.Outcome(await pool.App.Password("ana")));
    }

    [Fact]
    public async Task Without_a_count_nothing_is_let_alone()
    {
        await using var world = await Started(failures: 0);
        var pool = await TriggeredPool.Create(world);
        world.Triggers.Answers(Function, Unreachable);

        for (var i = 0; i < 10; i++) Assert.Equal((Lost, 3), await Tries(pool));
    }

    private static Task<World> Started(int failures) => World.Start(
        DatabaseKind.Memory, triggers: new TriggerRules(CircuitFailures: failures, CircuitOpen: Open));

    /// <summary>What a registration comes to, and how often the function was called for it.</summary>
    private static async Task<(string Answer, int Count)> Tries(TriggeredPool pool, string name = "new")
    {
        var before = Called(pool.World);
        var answer = await pool.SignUp(name);
        return (answer.ToString(), Called(pool.World) - before);
    }

    private static int Called(World world) => world.Triggers.Events.Count(
        sent => sent["triggerSource"]!.GetValue<string>() == "PreSignUp_SignUp");
}
