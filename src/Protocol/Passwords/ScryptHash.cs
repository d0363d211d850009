using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Passwords;

/// <summary>
/// A password hashed with scrypt (RFC 7914) elsewhere: <c>65536$8$1$salt$hash</c>, that is N, r and p, then
/// salt and hash in hexadecimal.
/// </summary>
public sealed class ScryptHash : PasswordHash
{
    /// <summary>The highest N that is computed (doc: import of password hashes).</summary>
    public const int MaxN = 65536;

    /// <summary>The highest r; with the highest N a hash takes 64 MiB.</summary>
    public const int MaxR = 8;

    /// <summary>The highest p.</summary>
    public const int MaxP = 1;

    private const int MaxSaltLength = 64;

    private readonly (int N, int R, int P) cost;
    private readonly byte[] salt;
    private readonly byte[] hash;

    private ScryptHash(string text, (int N, int R, int P) cost, byte[] salt, byte[] hash) =>
        (Text, this.cost, this.salt, this.hash) = (text, cost, salt, hash);

    /// <inheritdoc/>
    public override string Text { get; }

    /// <inheritdoc/>
    public override bool IsWithinBounds => cost is { N: <= MaxN, R: <= MaxR, P: <= MaxP };

    /// <summary>Reads the form above; false for any other.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ScryptHash? hash)
    {
        hash = null;
        if (text is null or { Length: > MaxTextLength } || text.Split('$') is not { Length: 5 } parts)
            return false;
        if (!TryParseNumber(parts[0], out var n) || !BitOperations.IsPow2(n) || n < 2)
            return false;
        if (!TryParseNumber(parts[1], out var r) || !TryParseNumber(parts[2], out var p))
            return false;
        if (FromHexadecimal(parts[3]) is not { Length: > 0 and <= MaxSaltLength } salt)
            return false;
        if (FromHexadecimal(parts[4]) is not { Length: >= MinHashLength and <= MaxHashLength } value)
            return false;
        hash = new(text, (n, r, p), salt, value);
        return true;
    }

    private protected override bool Verify(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        var candidate = Derive(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return CryptographicOperations.FixedTimeEquals(candidate, hash);
    }

    private byte[] Derive(ReadOnlySpan<byte> password)
    {
        if (!IsWithinBounds) throw new CryptographicException("scrypt cannot be computed.");
        var derived = new byte[hash.Length];
        Libsodium.Scrypt(password, salt, cost, derived);
        return derived;
    }

    private static bool TryParseNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
