namespace Lifeguard.Operations.OAuth;

/// <summary>What came to the authorization endpoint, or to one of the pages that carry it along.</summary>
/// <param name="Text">As it came, without the question mark.</param>
/// <param name="Parameters">Each once; null where one is repeated or something is not well-formed, which
/// makes no request (RFC 6749 §3.1).</param>
public sealed record AuthorizationQuery(string Text, IReadOnlyDictionary<string, string>? Parameters)
{
    /// <summary>The parameter; null where it is left out or empty, which is the same (RFC 6749
    /// §3.1).</summary>
    public string? this[string name] =>
        Parameters is not null && Parameters.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : null;

    /// <summary>Never prints its members: state and nonce are the app's secrets.</summary>
    public override string ToString() => nameof(AuthorizationQuery);
}
