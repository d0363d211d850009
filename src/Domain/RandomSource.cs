using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Lifeguard.Domain;

/// <summary>
/// The only source of randomness. Codes, salts, ids, nonces and keys are drawn from it, so a run with a
/// seeded source can be replayed byte for byte.
/// </summary>
public abstract class RandomSource
{
    /// <summary>Where a UUID has the digit of its version.</summary>
    private const int VersionAt = 14;

    /// <summary>Hexadecimal digits that tell one identity from another. What is left of a UUID beside its
    /// instant, 34 bits, tells apart what one identity begins within a millisecond.</summary>
    public const int MarkLength = 10;

    private const string LowerAlphanumerics = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LowerAlphanumerics;

    /// <summary>Fills <paramref name="destination"/> with unpredictable bytes.</summary>
    public abstract void Fill(Span<byte> destination);

    /// <summary>
    /// A new RSA key of 2048 bits, owned by the caller. It is part of this seam because key generation cannot
    /// be seeded: a replayed run takes its keys from fixtures.
    /// </summary>
    public abstract RSA RsaKey();

    /// <summary>Unpredictable bytes.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>A uniform number from 0 to <paramref name="exclusiveMax"/> - 1.</summary>
    public int Below(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        // Values above the largest multiple are drawn again: a plain remainder would favour small numbers.
        var limit = uint.MaxValue - (uint.MaxValue % (uint)exclusiveMax);
        Span<byte> four = stackalloc byte[4];
        while (true)
        {
            Fill(four);
            var value = BinaryPrimitives.ReadUInt32BigEndian(four);
            if (value < limit) return (int)(value % (uint)exclusiveMax);
        }
    }

    /// <summary>Decimal digits, leading zeros included.</summary>
    public string Digits(int count) => Text(count, "0123456789");

    /// <summary>Lower-case letters and digits, as client ids
    /// and generated client secrets have them.</summary>
    public string LowerAlphanumeric(int count) => Text(count, LowerAlphanumerics);

    /// <summary>Letters of both cases and digits, as the second part of a pool id has them.</summary>
    public string Alphanumeric(int count) => Text(count, Alphanumerics);

    /// <summary>Characters drawn uniformly from <paramref name="alphabet"/>.</summary>
    public string Text(int count, string alphabet)
    {
        var text = new char[count];
        for (var i = 0; i < count; i++) text[i] = alphabet[Below(alphabet.Length)];
        return new string(text);
    }

    /// <summary>A random UUID (RFC 9562 §5.4, version 4) in lower case.</summary>
    public string Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        return Uuid(bytes, version: 4);
    }

    /// <summary>
    /// A UUID whose first 48 bits are <paramref name="now"/> in Unix milliseconds (RFC 9562 §5.7, version 7).
    /// </summary>
    public string TimedId(DateTimeOffset now) => TimedId(now, version: 7);

    /// <summary>As <see cref="TimedId(DateTimeOffset)"/>, for a sign-in at another identity provider. The
    /// version says so (RFC 9562 §5.8, version 8), and the last digits say by which identity, as nothing else
    /// in a token that tells no methods does.</summary>
    /// <param name="mark">Of the identity: <see cref="MarkLength"/> hexadecimal digits in lower case.</param>
    public string FederatedId(DateTimeOffset now, string mark)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(mark.Length, MarkLength);
        return TimedId(now, version: 8)[..^MarkLength] + mark;
    }

    /// <summary>Was the id made by <see cref="FederatedId"/>?</summary>
    public static bool IsFederated(string id) => TimeOf(id) is not null && id[VersionAt] == '8';

    /// <summary>What an id made by <see cref="FederatedId"/> says of the identity.</summary>
    public static string MarkOf(string id) => id[^MarkLength..];

    private string TimedId(DateTimeOffset now, int version)
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes[6..]);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, now.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        return Uuid(bytes, version);
    }

    /// <summary>The instant inside an id made by <see cref="TimedId(DateTimeOffset)"/> or
    /// <see cref="FederatedId"/>; null for any other text.</summary>
    public static DateTimeOffset? TimeOf(string? id)
    {
        if (id is not { Length: 36 } || id[VersionAt] is not ('7' or '8') || id[8] != '-') return null;
        var hex = string.Concat(id.AsSpan(0, 8), id.AsSpan(9, 4));
        return long.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ms)
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;
    }

    private static string Uuid(Span<byte> bytes, int version)
    {
        bytes[6] = (byte)((bytes[6] & 0x0f) | (version << 4));
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
