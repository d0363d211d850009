namespace Lifeguard.Protocol.SigV4;

/// <summary>What of an HTTP request a signature can cover.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as sent, percent-encoding untouched.</param>
/// <param name="Query">The query as sent, without the question mark; empty if there is none.</param>
/// <param name="Header">
/// A header's value by lower-case name, several joined by commas, null if absent. Host must be as the client
/// sent it, with a non-default port.
/// </param>
/// <param name="Body">The whole body.</param>
public sealed record SigV4Request(
    string Method, string Path, string Query, Func<string, string?> Header, ReadOnlyMemory<byte> Body);

/// <summary>What a signed request claims, before its signature has been verified.</summary>
/// <param name="AccessKeyId">Whose secret is to be looked up.</param>
/// <param name="Scope">Day, region and service.</param>
/// <param name="SignedHeaders">Lower-case names, in the order given.</param>
/// <param name="Signature">The signature as sent.</param>
/// <param name="SignedAt">When it says it was signed, whole seconds.</param>
/// <param name="Lifetime">How long a presigned request says it holds; null for the header form.</param>
/// <param name="SecurityToken">
/// The session token of temporary credentials, which the caller compares with the key's own; null if none.
/// </param>
public sealed record SigV4Claim(
    string AccessKeyId,
    CredentialScope Scope,
    IReadOnlyList<string> SignedHeaders,
    string Signature,
    DateTimeOffset SignedAt,
    TimeSpan? Lifetime,
    string? SecurityToken)
{
    /// <summary>The access key id only, so that signature and session token cannot slip into a log.</summary>
    public override string ToString() => AccessKeyId;
}
