using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Domain.OAuth;

/// <summary>Proof Key for Code Exchange by the method S256, the only one there is here (RFC 7636).</summary>
public static class CodeVerifier
{
    private const int Shortest = 43;
    private const int Longest = 128;

    /// <summary>Is it a challenge: a SHA-256 in base64url?</summary>
    public static bool IsChallenge(string text) =>
        text.Length == Shortest && Base64Url.IsValid(text) && !text.Contains('=');

    /// <summary>Does the verifier belong to the challenge? A code without a challenge takes no verifier: who
    /// sends one believes in a protection that the code does not have (RFC 9700 §2.1.1).</summary>
    public static bool Fits(string? challenge, string? verifier)
    {
        if (challenge is null || verifier is null) return challenge is null && verifier is null;
        if (verifier.Length is < Shortest or > Longest || !verifier.All(IsUnreserved)) return false;
        var hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash), Encoding.UTF8.GetBytes(challenge));
    }

    private static bool IsUnreserved(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';
}
