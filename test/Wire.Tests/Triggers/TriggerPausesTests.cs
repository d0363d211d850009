using Lifeguard.Domain.Effects;
using Lifeguard.Operations;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>How long there is between the tries of a trigger.</summary>
public sealed class TriggerPausesTests
{
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:busy";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("is throttled")]
    [InlineData("cannot be reached")]
    public async Task Each_is_about_three_times_as_long_as_the_one_before(string way)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        Misbehaviour.Of(way).Befall(world, Function);

        var tries = await TriesOf(world);

        Assert.Equal(3, tries.Count);
        Assert.InRange((tries[1] - tries[0]).TotalMilliseconds, 50, 200);
        Assert.InRange((tries[2] - tries[1]).TotalMilliseconds, 150, 500);
    }

    [Fact]
    public async Task They_are_not_of_one_length()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        Misbehaviour.Of("is throttled").Befall(world, Function);

        var pauses = new HashSet<double>();
        for (var i = 0; i < 5; i++)
        {
            var tries = await TriesOf(world);
            pauses.Add((tries[1] - tries[0]).TotalMilliseconds);
        }

        Assert.NotEqual(1, pauses.Count);
    }

    [Fact]
    public async Task None_follows_a_try_that_has_taken_all_its_time()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.Hangs(Function);

        var tries = await TriesOf(world, TriggerCaller.TryTimeout);

        Assert.Equal(
            [TimeSpan.Zero, TriggerCaller.TryTimeout, 2 * TriggerCaller.TryTimeout],
            tries.Select(at => at - tries[0]));
    }

    [Fact]
    public async Task With_the_try_before_they_take_no_longer_than_a_try_may()
    {
        var random = new SeededRandom(1);
        var pauses = new TriggerPauses(clock, random, TriggerPauses.First);

        var pause = pauses.Take(2, TimeSpan.FromMilliseconds(20), Cancelled);
        clock.Advance(TimeSpan.FromMilliseconds(20));

        await pause.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }

    [Fact]
    public async Task Who_goes_waits_no_longer()
    {
        using var gone = new CancellationTokenSource();
        var pause = new TriggerPauses(clock, new SeededRandom(1), TriggerPauses.First)
            .Take(1, TriggerCaller.TryTimeout, gone.Token);
        Assert.False(pause.IsCompleted);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);
    }

    /// <summary>When the function was called.</summary>
    /// <param name="step">In such steps time goes by; ten milliseconds by default.</param>
    private async Task<IReadOnlyList<DateTimeOffset>> TriesOf(World world, TimeSpan? step = null)
    {
        var pool = await TestPool.Create(world);
        var tries = new Recorder(world.Triggers, clock);
        var caller = new TriggerCaller(
            tries,
            new TriggerGate(new(), clock, NullLogger<TriggerGate>.Instance),
            new TriggerLog(10),
            new TriggerPauses(clock, world.Get<Domain.RandomSource>(), TriggerPauses.First),
            clock);
        var call = new Call("request", clock.GetUtcNow(), "192.0.2.1", "", CancellationToken.None);
        var trigger = new TriggerEvent
        {
            FunctionArn = Function,
            Name = "PreSignUp",
            Source = "PreSignUp_SignUp",
            Pool = await world.Get<PoolStore>().Get(pool.Id, Cancelled),
            UserName = "ana",
            ClientId = pool.ClientId,
            UserAgent = "",
            Request = _ => { },
        };

        var asked = Assert.ThrowsAsync<Domain.ApiException>(() => caller.Invoke(trigger, call));
        while (!asked.IsCompleted)
        {
            // What is woken up runs on before the next step.
            await Task.Delay(1, Cancelled);
            clock.Advance(step ?? Step);
        }

        await asked;
        return tries.At;
    }

    private sealed class Recorder(ITriggerInvoker inner, TimeProvider clock) : ITriggerInvoker
    {
        public List<DateTimeOffset> At { get; } = [];

        public Task<TriggerAnswer> Invoke(
            string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
        {
            At.Add(clock.GetUtcNow());
            return inner.Invoke(functionArn, payload, cancellation);
        }
    }
}
