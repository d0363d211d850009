using System.Text;

namespace Lifeguard.Protocol.Totp;

/// <summary>The address by which authenticator apps take a secret, mostly as a QR code (Key URI
/// Format).</summary>
public static class TotpUri
{
    /// <summary>Of each of the names, once escaped: what is longer makes codes too fine for a
    /// camera.</summary>
    private const int LongestName = 120;

    /// <param name="issuer">What the app shows above the codes.</param>
    /// <param name="account">Whose codes they are.</param>
    /// <param name="secret">In Base32.</param>
    public static string Of(string issuer, string account, string secret)
    {
        var (party, person) = (Escaped(issuer), Escaped(account));
        return $"otpauth://totp/{party}:{person}?secret={secret}&issuer={party}&algorithm=SHA1"
            + $"&digits={TotpCode.Digits}&period={TotpCode.StepSeconds}";
    }

    /// <summary>A colon parts the two names, so it may stand in neither.</summary>
    private static string Escaped(string name)
    {
        var escaped = new StringBuilder();
        foreach (var letter in name.Replace(':', ' ').Trim().EnumerateRunes())
        {
            var next = Uri.EscapeDataString(letter.ToString());
            if (escaped.Length + next.Length > LongestName) break;
            escaped.Append(next);
        }

        return escaped.ToString();
    }
}
