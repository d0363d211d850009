using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Lifeguard.Protocol.Passwords;

/// <summary>
/// A password hashed with PBKDF2-HMAC-SHA-256 (RFC 8018 §5.2) elsewhere:
/// <c>$pbkdf2-sha256$600000$salt$hash</c>, both in base64 without padding, in which a dot may stand for the
/// plus.
/// </summary>
public sealed class Pbkdf2Hash : PasswordHash
{
    /// <summary>The most iterations that are computed (doc: import of password hashes).</summary>
    public const int MaxIterations = 600_000;

    private const string Prefix = "$pbkdf2-sha256$";
    private const int MaxSaltLength = 64;

    private readonly int iterations;
    private readonly byte[] salt;
    private readonly byte[] hash;

    private Pbkdf2Hash(string text, int iterations, byte[] salt, byte[] hash) =>
        (Text, this.iterations, this.salt, this.hash) = (text, iterations, salt, hash);

    /// <inheritdoc/>
    public override string Text { get; }

    /// <inheritdoc/>
    public override bool IsWithinBounds => iterations <= MaxIterations;

    /// <summary>Reads the form above; false for any other.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Pbkdf2Hash? hash)
    {
        hash = null;
        if (text is null or { Length: > MaxTextLength } || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var parts = text[Prefix.Length..].Split('$');
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations < 1)
            return false;
        if (Decode(parts[1]) is not { Length: > 0 and <= MaxSaltLength } salt)
            return false;
        if (Decode(parts[2]) is not { Length: >= MinHashLength and <= MaxHashLength } value)
            return false;
        hash = new(text, iterations, salt, value);
        return true;
    }

    private protected override bool Verify(string password)
    {
        var candidate = Rfc2898DeriveBytes.Pbkdf2(
            password, salt, iterations, HashAlgorithmName.SHA256, hash.Length);
        return CryptographicOperations.FixedTimeEquals(candidate, hash);
    }

    private static byte[]? Decode(string text)
    {
        var plain = text.TrimEnd('=').Replace('.', '+');
        var bytes = new byte[plain.Length * 3 / 4];
        var padded = plain + new string('=', (4 - plain.Length % 4) % 4);
        return Convert.TryFromBase64String(padded, bytes, out var length) && length == bytes.Length
            ? bytes
            : null;
    }
}
