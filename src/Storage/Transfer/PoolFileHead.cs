using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Protocol.Transfer;

namespace Lifeguard.Storage.Transfer;

/// <summary>
/// The first line of a file, JSON in clear: what it is, which pool it holds and what opens it. Nothing in it
/// is secret, and the chunks open with an unaltered head only.
/// </summary>
/// <param name="FileId">16 random bytes, different in every file.</param>
public sealed record PoolFileHead(byte[] FileId, string PoolId, DateTimeOffset CreatedAt, FileLock Lock)
{
    /// <summary>Heads are shorter, in bytes.</summary>
    public const int MaxLength = 4096;

    private const string Format = "lifeguard-pool";
    private const int Version = 1;
    private const int MaxPoolIdLength = 55;

    /// <summary>The id as it is recorded while the file is being brought in.</summary>
    public string Source => Base64Url.EncodeToString(FileId);

    /// <summary>The line, its end included.</summary>
    public byte[] ToLine() =>
    [
        .. Documents.ToBytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            writer.WriteString("id", Source);
            writer.WriteString("pool", PoolId);
            writer.WriteString("created", CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteStartObject("lock");
            WriteLock(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }),
        (byte)'\n',
    ];

    /// <summary>Reads a line.</summary>
    /// <exception cref="TransferException">It is no head, or that of a newer format.</exception>
    public static PoolFileHead Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            return Documents.Read(line, Read);
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or ArgumentException)
        {
            throw NoPoolFile();
        }
    }

    internal static TransferException NoPoolFile() =>
        new("This is no file of: lifeguard pool export");

    private static PoolFileHead Read(JsonElement root)
    {
        if (root.Text("format") != Format) throw NoPoolFile();
        var version = root.GetProperty("version").GetInt32();
        if (version > Version)
        {
            throw new TransferException(
                $"The file has format {version}; this version of Lifeguard reads formats up to {Version}.");
        }

        var poolId = root.Text("pool");
        var fileId = Base64Url.DecodeFromChars(root.Text("id"));
        if (version < 1 || fileId.Length != FileKeys.FileIdLength || !IsPoolId(poolId)) throw NoPoolFile();
        return new(fileId, poolId, ReadInstant(root.Text("created")), ReadLock(root.GetProperty("lock")));
    }

    private static FileLock ReadLock(JsonElement locked) => locked.Text("kind") switch
    {
        "passphrase" => ReadPassphrase(locked),
        "recipient" => new FileLock.Recipient(
            ReadKey(locked.Text("recipient")), ReadKey(locked.Text("ephemeral"))),
        _ => throw NoPoolFile(),
    };

    private static FileLock.Passphrase ReadPassphrase(JsonElement locked)
    {
        var cost = new Argon2idParameters(
            locked.GetProperty("memoryKiB").GetInt32(), locked.GetProperty("iterations").GetInt32());
        var salt = Base64Url.DecodeFromChars(locked.Text("salt"));
        // Whoever made the file decides what opening it costs, but not without bounds.
        if (!cost.IsWithinBounds || salt.Length != Argon2idHash.SaltLength) throw NoPoolFile();
        return new(cost, salt);
    }

    private static TransferPublicKey ReadKey(string text) =>
        TransferPublicKey.TryParse(text, out var key) ? key : throw NoPoolFile();

    private static DateTimeOffset ReadInstant(string text) => DateTimeOffset.ParseExact(
        text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Region, underscore, letters and digits: the id is put into addresses and messages.</summary>
    private static bool IsPoolId(string text)
    {
        var end = text.IndexOf('_', StringComparison.Ordinal);
        return end > 0 && end < text.Length - 1 && text.Length <= MaxPoolIdLength
            && text[..end].All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            && text[(end + 1)..].All(char.IsAsciiLetterOrDigit);
    }

    private void WriteLock(Utf8JsonWriter writer)
    {
        switch (Lock)
        {
            case FileLock.Passphrase passphrase:
                writer.WriteString("kind", "passphrase");
                writer.WriteNumber("memoryKiB", passphrase.Cost.MemoryKiB);
                writer.WriteNumber("iterations", passphrase.Cost.Iterations);
                writer.WriteString("salt", Base64Url.EncodeToString(passphrase.Salt));
                break;
            case FileLock.Recipient recipient:
                writer.WriteString("kind", "recipient");
                writer.WriteString("recipient", recipient.To.Text);
                writer.WriteString("ephemeral", recipient.Ephemeral.Text);
                break;
        }
    }
}
