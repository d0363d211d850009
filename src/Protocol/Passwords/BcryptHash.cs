using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Passwords;

/// <summary>
/// A password hashed with bcrypt elsewhere: <c>$2b$10$</c>, 22 characters of salt and 31 of hash, with any of
/// the versions a, b and y, which compute the same. As everywhere, only the first 72 bytes of a password
/// count.
/// </summary>
public sealed class BcryptHash : PasswordHash
{
    /// <summary>The highest cost that is verified (doc: import of password hashes).</summary>
    public const int MaxCost = 12;

    private const int MinCost = 4;
    private const int TextLength = 60;
    private const int SaltStart = 7;
    private const int HashStart = 29;
    private const string Digits = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> DigitSet = SearchValues.Create(Digits);

    private readonly int cost;

    private BcryptHash(string text, int cost) => (Text, this.cost) = (text, cost);

    /// <inheritdoc/>
    public override string Text { get; }

    /// <inheritdoc/>
    public override bool IsWithinBounds => cost <= MaxCost;

    /// <summary>Reads the form above; false for any other.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BcryptHash? hash)
    {
        hash = null;
        if (text is not { Length: TextLength } || !text.StartsWith("$2", StringComparison.Ordinal))
            return false;
        if (text[2] is not ('a' or 'b' or 'y') || text[3] != '$' || text[SaltStart - 1] != '$')
            return false;
        if (!int.TryParse(text.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var cost)
            || cost < MinCost)
            return false;
        // 16 bytes of salt leave four bits of their last digit unused, 23 bytes of hash two: they are zero.
        if (text.AsSpan(SaltStart).ContainsAnyExcept(DigitSet)
            || Digits.IndexOf(text[HashStart - 1], StringComparison.Ordinal) % 16 != 0
            || Digits.IndexOf(text[^1], StringComparison.Ordinal) % 4 != 0)
            return false;
        hash = new(text, cost);
        return true;
    }

    /// <summary>
    /// Whether it says to be of a version that is not computed here: <c>2x</c> marks hashes of an old
    /// crypt_blowfish that took bytes above 127 for negative numbers, <c>2</c> those whose passwords end
    /// without a zero byte.
    /// </summary>
    internal static bool IsOfOtherVersion(string text) =>
        text.StartsWith("$2$", StringComparison.Ordinal)
        || text.StartsWith("$2x$", StringComparison.Ordinal);

    private protected override bool Verify(string password)
    {
        var candidate = BCrypt.Net.BCrypt.HashPassword(password, Text[..HashStart]);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(candidate[HashStart..]), Encoding.ASCII.GetBytes(Text[HashStart..]));
    }
}
