using System.Data.Common;
using Lifeguard.Storage.Engines;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Storage.Tests;

public sealed class RetriesTests
{
    private readonly FakeTimeProvider clock = new();

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("57P01")]
    [InlineData("08006")]
    [InlineData("25006")]
    public async Task Passing_errors_are_repeated_until_the_work_succeeds(string state)
    {
        var runs = 0;

        var result = await Run(() => ++runs < 5 ? throw new Failure(state) : runs);

        Assert.Equal(5, result);
    }

    [Theory]
    [InlineData("40001", 8)]
    [InlineData("23505", 2)]
    [InlineData("22021", 1)]
    public async Task Repeating_ends(string state, int expectedRuns)
    {
        var runs = 0;

        await Assert.ThrowsAsync<Failure>(() => Run(() =>
        {
            runs++;
            throw new Failure(state);
        }));

        Assert.Equal(expectedRuns, runs);
    }

    [Fact]
    public async Task A_conflict_is_left_to_the_caller()
    {
        var runs = 0;

        await Assert.ThrowsAsync<ConflictException>(() => Run(() =>
        {
            runs++;
            throw new ConflictException();
        }));

        Assert.Equal(1, runs);
    }

    private async Task<int> Run(Func<int> work)
    {
        var retries = new Retries(new PostgresDialect(), clock);
        var running = retries.Run(() => Task.Run(work), Stores.Cancellation);
        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        return await running;
    }

    private sealed class Failure(string state) : DbException
    {
        public override string SqlState => state;
    }
}
