using Lifeguard.Domain.Imports;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Imports;

/// <summary>A file of users, wherever it lies.</summary>
public abstract class ImportFile
{
    /// <summary>Reads some of the bytes from <paramref name="offset"/> on; none at the end only.</summary>
    /// <exception cref="FileRefusedException">It cannot be read any more.</exception>
    public abstract ValueTask<int> Read(long offset, Memory<byte> into, CancellationToken cancellation);
}

/// <summary>The files of jobs.</summary>
public sealed class ImportFiles(ImportFileStore store, S3Bucket bucket)
{
    public ImportFile Open(ImportJob job) => job.Place switch
    {
        ImportPlace.S3 => new BlockFile(
            BlockFile.Length, (block, cancellation) => FromBucket(job, block, cancellation)),
        _ => new BlockFile(
            ImportFileStore.ChunkLength, (block, cancellation) => FromDatabase(job, block, cancellation)),
    };

    private async Task<ReadOnlyMemory<byte>> FromDatabase(
        ImportJob job, long block, CancellationToken cancellation)
    {
        if (block * ImportFileStore.ChunkLength >= job.Size) return ReadOnlyMemory<byte>.Empty;
        return await store.Read(job, block, cancellation)
            ?? throw new FileRefusedException(ImportWords.FileUnreadable);
    }

    private Task<ReadOnlyMemory<byte>> FromBucket(
        ImportJob job, long block, CancellationToken cancellation) =>
        bucket.Read(job, block * BlockFile.Length, BlockFile.Length, cancellation);
}

/// <summary>A file that comes in blocks of one length, of which the one at hand is kept.</summary>
internal sealed class BlockFile(
    int length, Func<long, CancellationToken, Task<ReadOnlyMemory<byte>>> load) : ImportFile
{
    /// <summary>A mebibyte: within the bounds of answers, and there in time.</summary>
    public const int Length = 1024 * 1024;

    private long kept = -1;
    private ReadOnlyMemory<byte> content;

    public override async ValueTask<int> Read(
        long offset, Memory<byte> into, CancellationToken cancellation)
    {
        var block = offset / length;
        if (block != kept) (content, kept) = (await load(block, cancellation), block);
        var start = (int)(offset % length);
        if (start >= content.Length) return 0;
        var count = Math.Min(into.Length, content.Length - start);
        content.Slice(start, count).CopyTo(into);
        return count;
    }
}
