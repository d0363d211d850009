using Lifeguard.Operations.Flows;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

public sealed class AnswerTicksTests
{
    private readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData(0.2, 10)]
    [InlineData(1.7, 10)]
    [InlineData(9.9, 10)]
    [InlineData(10.1, 20)]
    [InlineData(35, 40)]
    public async Task An_answer_leaves_at_the_next_tick_however_long_the_work_took(double work, double leaves)
    {
        var ticks = new AnswerTicks(clock, TimeSpan.FromMilliseconds(10));
        var beginning = ticks.Begin();
        clock.Advance(TimeSpan.FromMilliseconds(work));

        // Called, not started elsewhere: it must look at the clock before that goes on.
        var waiting = ticks.Await(beginning, CancellationToken.None);
        var passed = work;
        while (passed < leaves - 0.05)
        {
            await Task.Yield();
            Assert.False(waiting.IsCompleted, $"It left after {passed} ms.");
            passed += 0.05;
            clock.Advance(TimeSpan.FromMilliseconds(0.05));
        }

        clock.Advance(TimeSpan.FromMilliseconds(0.1));
        await waiting.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task For_a_caller_who_has_gone_nobody_waits()
    {
        var ticks = new AnswerTicks(clock, TimeSpan.FromMilliseconds(10));
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var beginning = ticks.Begin();
        clock.Advance(TimeSpan.FromMilliseconds(1));

        // The clock stands still from here on: waiting for the tick would never end.
        await ticks.Await(beginning, gone.Token).WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Without_a_length_answers_leave_at_once()
    {
        var ticks = new AnswerTicks(clock, TimeSpan.Zero);

        Assert.True(ticks.Await(ticks.Begin(), CancellationToken.None).IsCompletedSuccessfully);
    }
}
