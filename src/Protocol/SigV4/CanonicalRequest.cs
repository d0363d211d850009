using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Lifeguard.Protocol.SigV4;

/// <summary>
/// The one spelling of a request that client and server both hash (documented: Signature Version 4).
/// </summary>
public static class CanonicalRequest
{
    /// <summary>The most characters of path, query and signed header values together.</summary>
    public const int MaxLength = 64 * 1024;

    internal const string SignatureParameter = "X-Amz-Signature";

    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>
    /// Builds it. False when a signed header is absent or holds a line break, the query has more than 100
    /// parameters, or the whole is longer than 64 KiB. A query parameter X-Amz-Signature is left out, as the
    /// presigned form asks.
    /// </summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path as sent, percent-encoding untouched.</param>
    /// <param name="query">The query as sent, without the question mark.</param>
    /// <param name="signedHeaders">Lower-case names in the order of the signature's list.</param>
    /// <param name="header">
    /// A header's value by lower-case name, several joined by commas; null if absent.
    /// </param>
    /// <param name="bodyHash">Lower-case hexadecimal SHA-256 of the body.</param>
    /// <param name="canonical">The canonical request.</param>
    public static bool TryBuild(
        string method,
        string path,
        string query,
        IReadOnlyList<string> signedHeaders,
        Func<string, string?> header,
        string bodyHash,
        [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        if (path.Length + query.Length > MaxLength || CanonicalQuery.Read(query) is not { } pairs)
            return false;
        pairs.RemoveAll(pair => pair.Name == SignatureParameter);

        var text = new StringBuilder();
        text.Append(method).Append('\n');
        text.Append(Path(path)).Append('\n');
        text.Append(CanonicalQuery.Join(pairs)).Append('\n');
        foreach (var name in signedHeaders)
        {
            if (header(name) is not { } value || value.AsSpan().ContainsAny('\r', '\n'))
                return false;
            if (text.Length + value.Length > MaxLength)
                return false;
            text.Append(name).Append(':').Append(Collapsed(value)).Append('\n');
        }
        text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(bodyHash);
        canonical = text.ToString();
        return true;
    }

    // Every service but S3 resolves dot segments and empty segments, then encodes what was sent once more.
    private static string Path(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("." or ".."))
                segments.Add(segment);
        }
        var tail = segments.Count > 0 && path.EndsWith('/') ? "/" : "";
        var resolved = $"/{string.Join('/', segments)}{tail}";
        return CanonicalQuery.Encode(Encoding.UTF8.GetBytes(resolved), kept: '/');
    }

    private static string Collapsed(string value) =>
        string.Join(' ', value.Split(Blanks, StringSplitOptions.RemoveEmptyEntries));
}
