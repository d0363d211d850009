using System.Buffers;

namespace Lifeguard.Protocol.SigV4;

/// <summary>What a signing key is good for: one day, one region, one service.</summary>
/// <param name="Date">The day, yyyyMMdd.</param>
/// <param name="Region">E.g. <c>eu-west-1</c>.</param>
/// <param name="Service">E.g. <c>cognito-idp</c>.</param>
public sealed record CredentialScope(string Date, string Region, string Service)
{
    internal const string Terminator = "aws4_request";

    private static readonly SearchValues<char> PartCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>The scope as it stands in the string to sign: date, region, service, aws4_request.</summary>
    public string Text => $"{Date}/{Region}/{Service}/{Terminator}";

    /// <summary>
    /// Reads a Credential, <c>key id/date/region/service/aws4_request</c>; otherwise says what is wrong with
    /// it.
    /// </summary>
    internal static string? Read(string credential, out string accessKeyId, out CredentialScope? scope)
    {
        (accessKeyId, scope) = ("", null);
        var parts = credential.Split('/');
        if (parts.Length != 5)
            return "Credential must have exactly 5 slash-delimited elements, "
                + "e.g. keyid/date/region/service/term.";
        if (parts[4] != Terminator)
            return "Credential should be scoped with a valid terminator: 'aws4_request'.";
        foreach (var part in parts)
        {
            if (part.Length is 0 or > 128 || part.AsSpan().ContainsAnyExcept(PartCharacters))
                return "Credential holds an element that is empty, too long or of invalid characters.";
        }
        accessKeyId = parts[0];
        scope = new(parts[1], parts[2], parts[3]);
        return null;
    }
}
