using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>
/// Log lines at the end of a file that only its owner can read. When the file would grow too large it becomes
/// <c>FILE.1</c>, that one <c>FILE.2</c>, and so on; the oldest is dropped. The file is opened for each
/// batch, so that it can also be moved away by others. One server writes to it, not several.
/// </summary>
/// <param name="file">Path; the folder must exist.</param>
/// <param name="maxBytes">A file that holds lines already does not grow beyond this.</param>
public sealed class FileLogSink(string file, long maxBytes = FileLogSink.DefaultMaxBytes) : ILogSink
{
    /// <summary>64 MiB.</summary>
    public const long DefaultMaxBytes = 64 * 1024 * 1024;

    /// <summary>How many earlier files are kept.</summary>
    public const int Kept = 5;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock gate = new();

    /// <inheritdoc/>
    public async Task Write(LogBatch batch, CancellationToken cancellation)
    {
        var records = LogRecords.Of(batch);
        try
        {
            // Once begun it is not broken off: half a line would spoil the next one, too.
            await Task.Run(
                () =>
                {
                    lock (gate) Append(records.Span);
                },
                cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException(
                $"The log file cannot be written ({failure.GetType().Name}).", permanent: false);
        }
    }

    private void Append(ReadOnlySpan<byte> records)
    {
        var present = new FileInfo(file);
        if (present is { Exists: true, Length: > 0 } && present.Length + records.Length > maxBytes) Rotate();
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var stream = new FileStream(file, options);
        stream.Write(records);
    }

    private void Rotate()
    {
        for (var number = Kept; number >= 1; number--)
        {
            var earlier = number == 1 ? file : $"{file}.{number - 1}";
            if (File.Exists(earlier)) File.Move(earlier, $"{file}.{number}", overwrite: true);
        }
    }
}
