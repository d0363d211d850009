using System.Diagnostics.CodeAnalysis;

namespace Lifeguard.Protocol.SigV4;

/// <summary>An Authorization header of Signature Version 4, read but not verified.</summary>
/// <param name="AccessKeyId">Whose secret it claims to be signed with.</param>
/// <param name="Scope">Day, region and service of the signing key.</param>
/// <param name="SignedHeaders">Lower-case names, in the order given.</param>
/// <param name="Signature">The signature as sent.</param>
public sealed record AuthorizationHeader(
    string AccessKeyId, CredentialScope Scope, IReadOnlyList<string> SignedHeaders, string Signature)
{
    /// <summary>The one algorithm.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const int MaxLength = 8 * 1024;
    private const int MaxParts = 8;

    /// <summary>
    /// Reads a header of the form <c>AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>, the
    /// parts in any order, the blanks after commas optional. Otherwise gives one sentence for each thing
    /// wrong, such as <c>Authorization header requires 'Signature' parameter.</c>
    /// </summary>
    public static bool TryParse(
        string header,
        [NotNullWhen(true)] out AuthorizationHeader? parsed,
        out IReadOnlyList<string> problems)
    {
        parsed = null;
        var found = new List<string>();
        problems = found;
        var parts = Parts(header, found);
        var credential = Required(parts, "Credential", found);
        var signature = Required(parts, "Signature", found);
        var signedHeaders = Required(parts, "SignedHeaders", found);
        if (credential is null || signature is null || signedHeaders is null || found.Count > 0)
            return false;

        if (CredentialScope.Read(credential, out var accessKeyId, out var scope) is { } problem)
            found.Add(problem);
        if (!SignedHeaderList.TryParse(signedHeaders, out var names))
            found.Add("SignedHeaders must be lower-case header names, each once, separated by semicolons.");
        if (scope is null || names is null)
            return false;
        parsed = new(accessKeyId, scope, names, signature);
        return true;
    }

    private static Dictionary<string, string> Parts(string header, List<string> problems)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (header.Length > MaxLength)
        {
            problems.Add("Authorization header is too long.");
            return parts;
        }
        // Another scheme has none of the parts, and each is then reported as missing.
        if (!header.StartsWith(Algorithm + " ", StringComparison.Ordinal))
            return parts;
        var list = header[Algorithm.Length..].Split(',', MaxParts + 1, StringSplitOptions.TrimEntries);
        foreach (var part in list)
        {
            var equals = part.IndexOf('=');
            if (equals <= 0)
                problems.Add("Authorization header holds a part that is not a key=value pair.");
            else if (!parts.TryAdd(part[..equals], part[(equals + 1)..]))
                problems.Add("Authorization header holds a part twice.");
        }
        return parts;
    }

    private static string? Required(Dictionary<string, string> parts, string name, List<string> problems)
    {
        if (parts.TryGetValue(name, out var value) && value.Length > 0)
            return value;
        problems.Add($"Authorization header requires '{name}' parameter.");
        return null;
    }
}
