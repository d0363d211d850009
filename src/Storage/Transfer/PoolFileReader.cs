using System.Buffers.Binary;
using System.IO.Compression;
using Lifeguard.Protocol.Transfer;

namespace Lifeguard.Storage.Transfer;

/// <summary>Reads the chunks of a file in their order. Gives nothing that was not authenticated.</summary>
public sealed class PoolFileReader : IDisposable
{
    private readonly Stream source;
    private readonly ChunkCipher cipher;
    private readonly long firstChunkAt;
    private long next;
    private bool isAtEnd;

    private PoolFileReader(Stream source, PoolFileHead head, ChunkCipher cipher)
    {
        (this.source, Head, this.cipher) = (source, head, cipher);
        firstChunkAt = source.Position;
    }

    public PoolFileHead Head { get; }

    /// <summary>How much has been read, and how much there is, in bytes.</summary>
    internal (long Done, long Total) Progress => (source.Position, source.Length);

    /// <summary>Reads the head and leaves the stream behind it.</summary>
    /// <param name="source">At its beginning; can be read twice.</param>
    /// <exception cref="TransferException">It is no such file, or of a newer format.</exception>
    public static async Task<(PoolFileHead Head, byte[] Line)> ReadHead(
        Stream source, CancellationToken cancellation)
    {
        var line = new byte[PoolFileHead.MaxLength];
        for (var length = 0; length < line.Length; length++)
        {
            if (await source.ReadAsync(line.AsMemory(length, 1), cancellation) == 0) break;
            if (line[length] == '\n')
                return (PoolFileHead.Read(line.AsMemory(0, length)), line[..(length + 1)]);
        }

        throw PoolFileHead.NoPoolFile();
    }

    /// <summary>Opens the file whose head was read.</summary>
    /// <param name="keys">Null where the reader has not the right key.</param>
    /// <exception cref="TransferException">These are not its keys.</exception>
    public static async Task<PoolFileReader> Open(
        Stream source, PoolFileHead head, byte[] line, FileKeys? keys, CancellationToken cancellation)
    {
        var mac = new byte[FileKeys.MacLength];
        if (await source.ReadAtLeastAsync(mac, mac.Length, throwOnEndOfStream: false, cancellation)
            < mac.Length)
        {
            throw EndsEarly();
        }

        if (keys?.IsAuthentic(line, mac) != true)
        {
            throw new TransferException(head.Lock is FileLock.Passphrase
                ? "The passphrase is not that of the file, or the head of the file has been altered."
                : "The file is sealed to another key, or the head of the file has been altered.");
        }

        return new(source, head, keys.Cipher(line));
    }

    /// <summary>Goes through the whole file and leaves it as it was, so that nothing is begun with a file
    /// that cannot be finished.</summary>
    /// <exception cref="TransferException">Something was altered or is missing.</exception>
    internal async Task Verify(CancellationToken cancellation)
    {
        while (await NextSealed(cancellation) is not null) cancellation.ThrowIfCancellationRequested();
        source.Position = firstChunkAt;
        (next, isAtEnd) = (0, false);
    }

    /// <summary>The next chunk; null after the last.</summary>
    /// <exception cref="TransferException">Something was altered or is missing.</exception>
    internal async Task<PoolChunk?> Next(CancellationToken cancellation) =>
        await NextSealed(cancellation) is { } text
            ? new PoolChunk(next - 1, isAtEnd, Decompressed(text))
            : null;

    public void Dispose() => cipher.Dispose();

    private async Task<byte[]?> NextSealed(CancellationToken cancellation)
    {
        if (isAtEnd) return null;
        var frame = new byte[PoolFileWriter.FrameLength];
        if (await source.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false, cancellation)
            < frame.Length)
        {
            throw EndsEarly();
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1));
        if (frame[0] > 1 || length is < ChunkCipher.Overhead or > 2 * PoolFileWriter.MaxChunkLength)
            throw Altered(next);
        if (length > source.Length - source.Position) throw EndsEarly();
        var chunk = new byte[length];
        await source.ReadExactlyAsync(chunk, cancellation);
        if (!cipher.TryOpen(next, frame[0] == 1, chunk, out var text)) throw Altered(next);
        isAtEnd = frame[0] == 1;
        if (isAtEnd && source.Position != source.Length)
            throw new TransferException("Something has been added behind the end of the file.");
        next++;
        return text;
    }

    private byte[] Decompressed(byte[] text)
    {
        var length = text.Length < 4 ? -1 : BinaryPrimitives.ReadInt32BigEndian(text);
        if (length is < 0 or > PoolFileWriter.MaxChunkLength) throw Malformed();
        var plain = new byte[length];
        return BrotliDecoder.TryDecompress(text.AsSpan(4), plain, out var written) && written == length
            ? plain
            : throw Malformed();
    }

    /// <summary>What is authentic and yet cannot be read was not written by this program.</summary>
    internal static TransferException Malformed() =>
        new("The file was opened, but what it holds is not what an export writes.");

    private static TransferException EndsEarly() =>
        new("The file ends early: it was cut off, or its copying has not finished.");

    private static TransferException Altered(long number) => new(
        $"Part {number + 1} of the file does not open: the file has been altered, or parts were exchanged.");
}

/// <summary>A chunk with its number, from 0.</summary>
internal sealed record PoolChunk(long Number, bool IsLast, byte[] Plaintext)
{
    /// <summary>Never prints the text.</summary>
    public override string ToString() => $"chunk {Number}";
}
