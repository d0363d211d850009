using System.Data.Common;
using Lifeguard.Storage.Engines;

namespace Lifeguard.Storage;

/// <summary>
/// The one policy by which work on the database is repeated: passing errors for about seven seconds, long
/// enough to ride over a fail-over; unique violations once, because the second look finds the row that won
/// the race.
/// </summary>
/// <param name="clock">For the pauses.</param>
internal sealed class Retries(Dialect dialect, TimeProvider clock)
{
    private const int MostAfterUniqueViolation = 1;

    // The first repeat comes at once: most races are over by then.
    private static readonly int[] PausesMs = [0, 10, 50, 250, 1000, 2000, 4000];

    public async Task<T> Run<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        for (var repeat = 0; ; repeat++)
        {
            try
            {
                return await work();
            }
            catch (DbException error) when (repeat < MostFor(error))
            {
                if (PausesMs[repeat] == 0) continue;
                await Task.Delay(TimeSpan.FromMilliseconds(PausesMs[repeat]), clock, cancellation);
            }
        }
    }

    private int MostFor(DbException error) => dialect.IsUniqueViolation(error) ? MostAfterUniqueViolation
        : dialect.IsPassing(error) ? PausesMs.Length
        : 0;
}
