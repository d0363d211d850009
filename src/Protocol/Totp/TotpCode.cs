using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Totp;

/// <summary>
/// The codes of authenticator apps (RFC 6238 over HMAC-SHA1, steps of 30 seconds). Written here rather than
/// taken: it is a handful of lines over the platform's HMAC, and a verification that takes the same time
/// whichever step fits is not on offer.
/// </summary>
public static class TotpCode
{
    public const int StepSeconds = 30;

    public const int Digits = 6;

    /// <summary>As long as the service's own secrets; RFC 4226 §4 asks for 16 bytes at least.</summary>
    public const int SecretLength = 32;

    /// <summary>How many steps the user's clock may be off, either way (doc).</summary>
    private const int Window = 1;

    /// <summary>The step that <paramref name="now"/> lies in.</summary>
    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step (RFC 4226 §5.3).</summary>
    public static string Of(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and all apps have SHA-1; HMAC needs no collision resistance.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350 // See above.
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0x0f)..]) & 0x7fff_ffff;
        return (number % (int)Math.Pow(10, digits)).ToString($"D{digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>The step near <paramref name="now"/> whose code this is; null for none. Takes the same time
    /// for every code of the right length.</summary>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        if (code.Length != Digits) return null;
        var given = Encoding.UTF8.GetBytes(code);
        var current = StepAt(now);
        long? found = null;
        for (var step = current - Window; step <= current + Window; step++)
        {
            var expected = Encoding.ASCII.GetBytes(Of(secret, step));
            if (CryptographicOperations.FixedTimeEquals(given, expected)) found = step;
        }

        return found;
    }
}
