using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Lifeguard.Protocol.Passwords;

/// <summary>
/// A password hashed with Argon2id (RFC 9106), kept as a PHC string:
/// <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>, both in base64 without padding.
/// </summary>
public sealed class Argon2idHash : PasswordHash
{
    /// <summary>Length in bytes of the deployment's own salts; NSec takes no other.</summary>
    public const int SaltLength = 16;

    /// <summary>The shortest salt of a hash from elsewhere (RFC 9106 §3.1).</summary>
    public const int MinSaltLength = 8;

    /// <summary>The longest.</summary>
    public const int MaxSaltLength = 64;

    private const int HashLength = 32;
    private const string Scheme = "$argon2id$";
    private const string Prefix = Scheme + "v=19$";

    private readonly byte[] salt;
    private readonly byte[] hash;

    private Argon2idHash(Argon2idParameters parameters, byte[] salt, byte[] hash)
    {
        Parameters = parameters;
        this.salt = salt;
        this.hash = hash;
    }

    /// <summary>What the hash cost.</summary>
    public Argon2idParameters Parameters { get; }

    /// <summary>The PHC string.</summary>
    public override string Text =>
        $"{Prefix}m={Parameters.MemoryKiB},t={Parameters.Iterations},p=1${Unpadded(salt)}${Unpadded(hash)}";

    /// <inheritdoc/>
    public override bool IsWithinBounds => Parameters.IsWithinBounds;

    /// <summary>
    /// Hashes a password; takes tens of milliseconds and the memory of the parameters. Throws
    /// <see cref="ArgumentException"/> for a salt that is not 16 bytes, an over-long password, or parameters
    /// out of bounds.
    /// </summary>
    public static Argon2idHash Create(string password, ReadOnlySpan<byte> salt, Argon2idParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltLength);
        if (!parameters.IsWithinBounds)
            throw new ArgumentException("The cost is out of bounds.", nameof(parameters));
        if (Encoding.UTF8.GetByteCount(password) > MaxPasswordLength)
            throw new ArgumentException("The password is too long.", nameof(password));
        return new(parameters, salt.ToArray(), Derive(password, salt, parameters, HashLength));
    }

    /// <summary>
    /// Reads a PHC string. False when it is malformed, of another scheme or version, has a parallelism other
    /// than 1, a salt other than 8 to 64 bytes or a hash other than 16 to 64, or would cost more than
    /// <see cref="Argon2idParameters"/> allows.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Argon2idHash? hash) =>
        Read(text, out hash) is null;

    /// <summary>Whether the wanted cost is above this hash's in memory or in passes.</summary>
    public bool NeedsRehash(Argon2idParameters wanted) =>
        Parameters.MemoryKiB < wanted.MemoryKiB || Parameters.Iterations < wanted.Iterations;

    /// <summary>What a PHC string of this scheme says it costs; null where it does not say.</summary>
    internal static (int MemoryKiB, int Iterations, int Lanes)? CostOf(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var parts = text[Prefix.Length..].Split('$')[0].Split(',');
        return parts.Length == 3
            && TryParseNumber(parts[0], "m=", out var memory)
            && TryParseNumber(parts[1], "t=", out var passes)
            && TryParseNumber(parts[2], "p=", out var lanes)
                ? (memory, passes, lanes)
                : null;
    }

    /// <summary>What keeps a text from being a hash that is verified here; null for nothing.</summary>
    internal static HashDefect? Read(string? text, out Argon2idHash? hash)
    {
        hash = null;
        if (text is null or { Length: > MaxTextLength } || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return IsOfOtherVersion(text) ? HashDefect.Argon2Version : HashDefect.Malformed;
        var parts = text[Prefix.Length..].Split('$');
        if (parts.Length != 3 || !TryParseCost(parts[0], out var parameters))
            return HashDefect.Malformed;
        if (!TryDecode(parts[1], out var salt) || !TryDecode(parts[2], out var value))
            return HashDefect.Malformed;
        if (salt.Length is < MinSaltLength or > MaxSaltLength) return HashDefect.SaltLength;
        if (value.Length is < MinHashLength or > MaxHashLength) return HashDefect.HashLength;
        hash = new(parameters, salt, value);
        return null;
    }

    /// <summary>Whether it is of Argon2i or Argon2d, which are other functions.</summary>
    internal static bool IsOfSibling(string text) =>
        text.StartsWith("$argon2i$", StringComparison.Ordinal)
        || text.StartsWith("$argon2d$", StringComparison.Ordinal);

    private protected override bool Verify(string password)
    {
        if (salt.Length == SaltLength)
            return CryptographicOperations.FixedTimeEquals(
                Derive(password, salt, Parameters, hash.Length), hash);
        var bytes = Encoding.UTF8.GetBytes(password);
        var matches = Libsodium.MatchesArgon2id(Text, bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return matches;
    }

    internal static byte[] Derive(
        string password, ReadOnlySpan<byte> salt, Argon2idParameters parameters, int length)
    {
        var algorithm = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = parameters.MemoryKiB,
            NumberOfPasses = parameters.Iterations,
        });
        var bytes = Encoding.UTF8.GetBytes(password);
        var derived = algorithm.DeriveBytes(bytes, salt, length);
        CryptographicOperations.ZeroMemory(bytes);
        return derived;
    }

    /// <summary>Version 16 is named, or none, which means the same.</summary>
    private static bool IsOfOtherVersion(string? text) =>
        text is { Length: <= MaxTextLength }
        && (text.StartsWith(Scheme + "v=16$", StringComparison.Ordinal)
            || text.StartsWith(Scheme + "m=", StringComparison.Ordinal));

    private static bool TryParseCost(string text, [NotNullWhen(true)] out Argon2idParameters? parameters)
    {
        parameters = null;
        var parts = text.Split(',');
        if (parts.Length != 3 || parts[2] != "p=1")
            return false;
        if (!TryParseNumber(parts[0], "m=", out var memory)
            || !TryParseNumber(parts[1], "t=", out var passes))
            return false;
        var read = new Argon2idParameters(memory, passes);
        parameters = read.IsWithinBounds ? read : null;
        return read.IsWithinBounds;
    }

    private static bool TryParseNumber(string text, string name, out int number)
    {
        number = 0;
        return text.StartsWith(name, StringComparison.Ordinal)
            && int.TryParse(
                text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static string Unpadded(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length * 3 / 4];
        var padded = text + new string('=', (4 - text.Length % 4) % 4);
        return Convert.TryFromBase64String(padded, bytes, out var length)
            && length == bytes.Length
            && Unpadded(bytes) == text;
    }
}
