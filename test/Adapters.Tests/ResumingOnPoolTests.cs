using System.IO.Pipelines;

namespace Lifeguard.Adapters.Tests;

public sealed class ResumingOnPoolTests
{
    [Fact]
    public async Task Who_waits_for_bytes_goes_on_on_the_pool_whoever_brings_them()
    {
        var (stream, arrives) = Wire();
        var (resumed, answer) = ReadAndTell(stream);

        OnItsOwnThread(() => arrives.Write("a"u8));

        Assert.True(await resumed);
        Assert.Equal(1, await answer);
    }

    [Fact]
    public async Task Who_waits_goes_on_on_the_pool_where_the_connection_breaks()
    {
        var (stream, arrives) = Wire();
        var (resumed, answer) = ReadAndTell(stream);

        OnItsOwnThread(() => arrives.Break());

        Assert.True(await resumed);
        await Assert.ThrowsAsync<IOException>(() => answer);
    }

    [Fact]
    public async Task Bytes_and_the_end_pass_unchanged()
    {
        using var inner = new MemoryStream();
        await using (var stream = new ResumingOnPool(inner))
        {
            await stream.WriteAsync("ab"u8.ToArray(), TestContext.Current.CancellationToken);
            await stream.FlushAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("ab"u8.ToArray(), inner.ToArray());
        Assert.False(inner.CanRead);
    }

    private static (ResumingOnPool Stream, Arrivals Arrivals) Wire()
    {
        // Whoever writes runs what was waiting for it.
        var pipe = new Pipe(new(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        return (new ResumingOnPool(pipe.Reader.AsStream()), new(pipe.Writer));
    }

    private static (Task<bool> IsOnPool, Task<int> Answer) ReadAndTell(ResumingOnPool stream)
    {
        var answer = stream.ReadAsync(new byte[8], TestContext.Current.CancellationToken).AsTask();
        var isOnPool = answer.ContinueWith(
            _ => Thread.CurrentThread.IsThreadPoolThread,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return (isOnPool, answer);
    }

    private static void OnItsOwnThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }

    private sealed class Arrivals(PipeWriter writer)
    {
        public void Write(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(writer.GetSpan(bytes.Length));
            writer.Advance(bytes.Length);
            writer.FlushAsync().AsTask().GetAwaiter().GetResult();
        }

        public void Break() => writer.Complete(new IOException("The connection broke."));
    }
}
