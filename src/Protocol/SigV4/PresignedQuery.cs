using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Lifeguard.Protocol.SigV4;

/// <summary>The query-string form of Signature Version 4 (documented: presigned requests).</summary>
internal static class PresignedQuery
{
    // Seven days, the longest a signing key lives.
    private const int MaxExpiresSeconds = 604_800;

    /// <summary>Whether a query carries a signature or a part of one.</summary>
    public static bool IsPresent(string query) =>
        query.Contains("X-Amz-Algorithm=", StringComparison.Ordinal)
        || query.Contains("X-Amz-Signature=", StringComparison.Ordinal)
        || query.Contains("X-Amz-Credential=", StringComparison.Ordinal);

    /// <summary>Reads the claim, or gives one sentence for each thing wrong.</summary>
    public static bool TryParse(
        string query, [NotNullWhen(true)] out SigV4Claim? claim, out IReadOnlyList<string> problems)
    {
        claim = null;
        var found = new List<string>();
        problems = found;
        var values = Values(query, found);
        var algorithm = Required(values, "X-Amz-Algorithm", found);
        var credential = Required(values, "X-Amz-Credential", found);
        var signature = Required(values, CanonicalRequest.SignatureParameter, found);
        var date = Required(values, "X-Amz-Date", found);
        var signedHeaders = Required(values, "X-Amz-SignedHeaders", found);
        var expires = Required(values, "X-Amz-Expires", found);
        if (found.Count > 0)
            return false;

        if (algorithm != AuthorizationHeader.Algorithm)
            found.Add("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\".");
        if (CredentialScope.Read(credential, out var accessKeyId, out var scope) is { } problem)
            found.Add(problem);
        if (!AmzDate.TryParse(date, out var signedAt))
            found.Add("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\".");
        if (!SignedHeaderList.TryParse(signedHeaders, out var names))
            found.Add("X-Amz-SignedHeaders must be lower-case header names, each once.");
        if (!int.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 1 or > MaxExpiresSeconds)
            found.Add("X-Amz-Expires must be between 1 and 604800 seconds.");
        if (found.Count > 0 || scope is null || names is null)
            return false;
        var token = values.GetValueOrDefault("X-Amz-Security-Token");
        claim = new(accessKeyId, scope, names, signature, signedAt, TimeSpan.FromSeconds(seconds), token);
        return true;
    }

    private static Dictionary<string, string> Values(string query, List<string> problems)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (query.Length > CanonicalRequest.MaxLength || CanonicalQuery.Read(query) is not { } pairs)
        {
            problems.Add("The query string is too long.");
            return values;
        }
        foreach (var (name, value) in pairs)
        {
            if (!name.StartsWith("X-Amz-", StringComparison.Ordinal))
                continue;
            if (!values.TryAdd(name, Encoding.UTF8.GetString(CanonicalQuery.Decode(value))))
                problems.Add($"AWS query-string parameters must not repeat '{name}'.");
        }
        return values;
    }

    private static string Required(Dictionary<string, string> values, string name, List<string> problems)
    {
        if (values.TryGetValue(name, out var value) && value.Length > 0)
            return value;
        problems.Add($"AWS query-string parameters must include '{name}'.");
        return "";
    }
}
