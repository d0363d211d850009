using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Lifeguard.Protocol.Passwords;

/// <summary>
/// A stored password hash of any scheme that can be verified here: the deployment's own Argon2id, and those
/// that users bring along from elsewhere.
/// </summary>
public abstract class PasswordHash
{
    /// <summary>Longer passwords match nothing, in bytes of UTF-8.</summary>
    public const int MaxPasswordLength = 4096;

    private protected const int MinHashLength = 16;
    private protected const int MaxHashLength = 64;
    private protected const int MaxTextLength = 512;

    /// <summary>The text that it was read from, to be stored sealed.</summary>
    public abstract string Text { get; }

    /// <summary>Whether verifying it costs no more than its scheme allows.</summary>
    public abstract bool IsWithinBounds { get; }

    /// <summary>
    /// Reads a hash of whatever scheme. False when it is malformed or costs more than its scheme allows, so
    /// that nobody can plant a hash that exhausts the server.
    /// </summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = null;
        if (Argon2idHash.TryParse(text, out var argon2id)) hash = argon2id;
        else if (BcryptHash.TryParse(text, out var bcrypt)) hash = bcrypt;
        else if (Pbkdf2Hash.TryParse(text, out var pbkdf2)) hash = pbkdf2;
        else if (ScryptHash.TryParse(text, out var scrypt)) hash = scrypt;
        if (hash is { IsWithinBounds: true }) return true;
        hash = null;
        return false;
    }

    /// <summary>Whether this is the password that was hashed; compared in constant time.</summary>
    public bool Matches(string password) =>
        Encoding.UTF8.GetByteCount(password) <= MaxPasswordLength && Verify(password);

    /// <summary>Never prints the hash.</summary>
    public override string ToString() => GetType().Name;

    private protected abstract bool Verify(string password);

    /// <summary>The bytes that a text has in hexadecimal; null where it is none.</summary>
    private protected static byte[]? FromHexadecimal(string text)
    {
        var bytes = new byte[text.Length / 2];
        return text.Length % 2 == 0
            && Convert.FromHexString(text, bytes, out _, out var length) == OperationStatus.Done
            && length == bytes.Length
                ? bytes
                : null;
    }
}
