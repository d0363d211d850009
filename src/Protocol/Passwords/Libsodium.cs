using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Passwords;

/// <summary>
/// What libsodium computes and NSec does not pass on, as it takes salts of one length only.
/// </summary>
internal static partial class Libsodium
{
    private const string Library = "libsodium";

    private static readonly bool IsReady = sodium_init() >= 0;

    /// <summary>
    /// Whether the password is that of a PHC string of Argon2id, compared in constant time. The caller has
    /// looked at its cost.
    /// </summary>
    public static unsafe bool MatchesArgon2id(string text, ReadOnlySpan<byte> password)
    {
        MustBeReady();
        // It ends with a zero byte, as in C.
        var terminated = Encoding.ASCII.GetBytes(text + '\0');
        // An empty span has no address; libsodium does not look at it then.
        fixed (byte* known = terminated, word = password)
            return crypto_pwhash_argon2id_str_verify(known, word, (ulong)password.Length) == 0;
    }

    /// <summary>Computes scrypt (RFC 7914) into all of a span.</summary>
    public static unsafe void Scrypt(
        ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, (int N, int R, int P) cost, Span<byte> derived)
    {
        MustBeReady();
        fixed (byte* word = password, seasoning = salt, into = derived)
        {
            var result = crypto_pwhash_scryptsalsa208sha256_ll(
                word, (nuint)password.Length, seasoning, (nuint)salt.Length,
                (ulong)cost.N, (uint)cost.R, (uint)cost.P, into, (nuint)derived.Length);
            if (result != 0) throw new CryptographicException("scrypt found too little memory.");
        }
    }

    private static void MustBeReady()
    {
        if (!IsReady) throw new CryptographicException("libsodium cannot be used.");
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static unsafe partial int crypto_pwhash_argon2id_str_verify(
        byte* text, byte* password, ulong passwordLength);

    [LibraryImport(Library)]
    private static unsafe partial int crypto_pwhash_scryptsalsa208sha256_ll(
        byte* password, nuint passwordLength, byte* salt, nuint saltLength,
        ulong n, uint r, uint p, byte* into, nuint length);
}
