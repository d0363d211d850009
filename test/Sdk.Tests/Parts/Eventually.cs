namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>For what another process notices by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks until the answer is yes; fails when it stays no.</summary>
    public static async Task Holds(Func<Task<bool>> question)
    {
        using var timer = new PeriodicTimer(Step);
        using var limit = new CancellationTokenSource(Limit);
        while (!await question())
        {
            Assert.False(limit.IsCancellationRequested, "It did not come true in time.");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
