using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Passwords;

/// <summary>
/// A password hashed with PBKDF2-HMAC-SHA-256 (RFC 8018 §5.2) elsewhere, in one of these forms:
/// <list type="bullet">
/// <item><c>$pbkdf2-sha256$600000$salt$hash</c>, as passlib writes it, and as a PHC string
/// <c>$pbkdf2-sha256$i=600000,l=32$salt$hash</c>, with or without the length; salt and hash in base64, padded
/// or not, in which a dot may stand for the plus;</item>
/// <item><c>pbkdf2_sha256$600000$salt$hash</c>, as Django writes it: the salt is text, the hash
/// base64;</item>
/// <item><c>pbkdf2:sha256:600000$salt$hash</c>, as Werkzeug writes it: the salt is text, the hash
/// hexadecimal.</item>
/// </list>
/// </summary>
public sealed class Pbkdf2Hash : PasswordHash
{
    /// <summary>The most iterations that are computed (doc: import of password hashes).</summary>
    public const int MaxIterations = 600_000;

    private const string ModularPrefix = "$pbkdf2-sha256$";
    private const string DjangoPrefix = "pbkdf2_sha256$";
    private const string WerkzeugPrefix = "pbkdf2:sha256:";
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

    /// <summary>Reads the forms above; false for any other.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Pbkdf2Hash? hash)
    {
        hash = text is null or { Length: > MaxTextLength }
            ? null
            : Modular(text) ?? Django(text) ?? Werkzeug(text);
        return hash is not null;
    }

    private protected override bool Verify(string password)
    {
        var candidate = Rfc2898DeriveBytes.Pbkdf2(
            password, salt, iterations, HashAlgorithmName.SHA256, hash.Length);
        return CryptographicOperations.FixedTimeEquals(candidate, hash);
    }

    private static Pbkdf2Hash? Modular(string text)
    {
        if (PartsAfter(ModularPrefix, text) is not { } parts) return null;
        var value = FromBase64(parts[2]);
        var cost = parts[0].Split(',');
        if (cost is [_, var length] && length != $"l={value?.Length}" || cost.Length > 2) return null;
        var rounds = cost[0].StartsWith("i=", StringComparison.Ordinal) ? cost[0][2..] : cost[0];
        return Hash(text, rounds, FromBase64(parts[1]), value);
    }

    private static Pbkdf2Hash? Django(string text) => PartsAfter(DjangoPrefix, text) is { } parts
        ? Hash(text, parts[0], Encoding.UTF8.GetBytes(parts[1]), FromBase64(parts[2]))
        : null;

    private static Pbkdf2Hash? Werkzeug(string text) => PartsAfter(WerkzeugPrefix, text) is { } parts
        ? Hash(text, parts[0], Encoding.UTF8.GetBytes(parts[1]), FromHexadecimal(parts[2]))
        : null;

    /// <summary>Cost, salt and hash.</summary>
    private static string[]? PartsAfter(string prefix, string text) =>
        text.StartsWith(prefix, StringComparison.Ordinal)
        && text[prefix.Length..].Split('$') is { Length: 3 } parts
            ? parts
            : null;

    private static Pbkdf2Hash? Hash(string text, string rounds, byte[]? salt, byte[]? value) =>
        int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
        && iterations >= 1
        && salt is { Length: > 0 and <= MaxSaltLength }
        && value is { Length: >= MinHashLength and <= MaxHashLength }
            ? new(text, iterations, salt, value)
            : null;

    private static byte[]? FromBase64(string text)
    {
        var plain = text.TrimEnd('=').Replace('.', '+');
        var bytes = new byte[plain.Length * 3 / 4];
        var padded = plain + new string('=', (4 - plain.Length % 4) % 4);
        return Convert.TryFromBase64String(padded, bytes, out var length) && length == bytes.Length
            ? bytes
            : null;
    }
}
