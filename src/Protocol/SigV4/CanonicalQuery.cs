using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lifeguard.Protocol.SigV4;

/// <summary>
/// The percent-encoding of canonical requests: everything but RFC 3986's unreserved characters, upper-case
/// digits.
/// </summary>
internal static class CanonicalQuery
{
    private const int MaxParameters = 100;

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>
    /// The name-value pairs of a query as sent (without question mark), each in canonical encoding, in the
    /// order sent; null when there are more than 100.
    /// </summary>
    public static List<(string Name, string Value)>? Read(string query)
    {
        var pairs = new List<(string, string)>();
        if (query.Length == 0)
            return pairs;
        var parts = query.Split('&', MaxParameters + 1);
        if (parts.Length > MaxParameters)
            return null;
        foreach (var part in parts)
        {
            var equals = part.IndexOf('=');
            var (name, value) = equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
            if (part.Length > 0)
                pairs.Add((Encode(Decode(name)), Encode(Decode(value))));
        }
        return pairs;
    }

    /// <summary>The pairs sorted by name, then value, and joined.</summary>
    public static string Join(IEnumerable<(string Name, string Value)> pairs)
    {
        var sorted = pairs
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .ThenBy(p => p.Value, StringComparer.Ordinal);
        return string.Join('&', sorted.Select(p => $"{p.Name}={p.Value}"));
    }

    /// <summary>Encodes text; <paramref name="kept"/> is one more character that stays as it is.</summary>
    public static string Encode(ReadOnlySpan<byte> text, char kept = '~')
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in text)
        {
            if (Unreserved.Contains((char)octet) || octet == kept)
                encoded.Append((char)octet);
            else
                encoded.Append('%').Append(octet.ToString("X2"));
        }
        return encoded.ToString();
    }

    /// <summary>
    /// The bytes behind percent-encoded text; a percent sign without two digits stands for itself.
    /// </summary>
    public static byte[] Decode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var octet = bytes[i];
            if (octet == '%' && i + 2 < bytes.Length
                && TryParseOctet(bytes.AsSpan(i + 1, 2), out var escaped))
            {
                octet = escaped;
                i += 2;
            }
            bytes[length++] = octet;
        }
        return bytes[..length];
    }

    private static bool TryParseOctet(ReadOnlySpan<byte> digits, out byte octet) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octet);
}
