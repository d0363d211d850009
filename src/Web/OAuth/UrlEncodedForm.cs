using System.Buffers;
using System.Text;

namespace Lifeguard.Web.OAuth;

/// <summary>Reads bodies of the type <c>application/x-www-form-urlencoded</c>, strictly: what two programs
/// could read in two ways is not read at all.</summary>
internal static class UrlEncodedForm
{
    public const string ContentType = "application/x-www-form-urlencoded";

    private const int MostParameters = 64;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The parameters by their names; null where one is repeated, where there are very many, or
    /// where something is not well-formed.</summary>
    public static IReadOnlyDictionary<string, string>? Read(ReadOnlySpan<byte> body)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            var value = Decode(equals < 0 ? [] : pair[(equals + 1)..]);
            if (name is null || value is null) return null;
            if (parameters.Count == MostParameters || !parameters.TryAdd(name, value)) return null;
        }

        return parameters;
    }

    private static string? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'+':
                    bytes[length++] = (byte)' ';
                    break;
                case (byte)'%':
                    if (i + 2 >= text.Length) return null;
                    var digits = text.Slice(i + 1, 2);
                    var decoded = Convert.FromHexString(digits, bytes.AsSpan(length++, 1), out _, out _);
                    if (decoded != OperationStatus.Done) return null;
                    i += 2;
                    break;
                default:
                    bytes[length++] = text[i];
                    break;
            }
        }

        return TextOf(bytes.AsSpan(0, length));
    }

    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
