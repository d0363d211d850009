using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Domain.Sessions;

/// <summary>
/// Ids of sessions: 28 lower-case letters and digits, in front the kind (doc). They follow from the sign-in's
/// own id, so that every token of the sign-in tells its session.
/// </summary>
public static class SessionId
{
    private const string TokenPrefix = "tkn";
    private const string BrowserPrefix = "sso";
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int Length = 28;

    /// <summary>Of the session of tokens that a sign-in led to.</summary>
    public static string OfTokens(string eventId) => Of(TokenPrefix, $"session\0{eventId}");

    /// <summary>Of the browser's session that a sign-in on the pages began.</summary>
    public static string OfBrowser(string eventId) => Of(BrowserPrefix, $"browser\0{eventId}");

    /// <summary>Is it the id of a browser's session, if it is one at all?</summary>
    public static bool IsOfBrowser(string id) => id.StartsWith(BrowserPrefix, StringComparison.Ordinal);

    private static string Of(string prefix, string origin)
    {
        var number = new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(origin)), isUnsigned: true);
        var text = new StringBuilder(prefix, Length);
        while (text.Length < Length)
        {
            number = BigInteger.DivRem(number, Alphabet.Length, out var digit);
            text.Append(Alphabet[(int)digit]);
        }

        return text.ToString();
    }
}
