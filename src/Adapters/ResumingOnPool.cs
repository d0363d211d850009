namespace Lifeguard.Adapters;

/// <summary>
/// A stream of bytes from elsewhere whose callers go on, after they have waited, on the thread pool. A server
/// may have the threads that hear of all its connections run what was waiting for the bytes; what outbound
/// conversations lead to, looking for certificates over the network included, must not hold those threads
/// up. The stream's time-outs hold for asynchronous calls too.
/// </summary>
/// <param name="network">The connection, or a pipe; it ends with this one.</param>
internal sealed class ResumingOnPool(Stream network) : Stream
{
    public override bool CanRead => network.CanRead;

    public override bool CanWrite => network.CanWrite;

    public override bool CanSeek => false;

    public override bool CanTimeout => network.CanTimeout;

    public override int ReadTimeout
    {
        get => network.ReadTimeout;
        set => network.ReadTimeout = value;
    }

    public override int WriteTimeout
    {
        get => network.WriteTimeout;
        set => network.WriteTimeout = value;
    }

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Completes on the thread pool: at once if that is where it is called.</summary>
    public static async ValueTask Hop()
    {
        if (!Thread.CurrentThread.IsThreadPoolThread)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            using var limit = Limit(CanTimeout ? ReadTimeout : Timeout.Infinite, cancellationToken);
            return await network.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("Nothing came in time.", late);
        }
        finally
        {
            await Hop().ConfigureAwait(false);
        }
    }

    public override Task<int> ReadAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            using var limit = Limit(CanTimeout ? WriteTimeout : Timeout.Infinite, cancellationToken);
            await network.WriteAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("Nothing was taken in time.", late);
        }
        finally
        {
            await Hop().ConfigureAwait(false);
        }
    }

    public override Task WriteAsync(
        byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        network.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => network.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => network.Read(buffer);

    public override void Write(byte[] buffer, int offset, int count) =>
        network.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => network.Write(buffer);

    public override void Flush() => network.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static CancellationTokenSource Limit(int milliseconds, CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (milliseconds != Timeout.Infinite) limit.CancelAfter(milliseconds);
        return limit;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) network.Dispose();
        base.Dispose(disposing);
    }
}
