namespace Lifeguard.Protocol.SigV4;

/// <summary>The credentials an outbound request is signed with.</summary>
/// <param name="AccessKeyId">The access key id.</param>
/// <param name="SecretAccessKey">Its secret.</param>
/// <param name="SessionToken">The session token of temporary credentials, or null.</param>
public sealed record SigV4Credentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
{
    /// <summary>The access key id only, so that the secret cannot slip into a log.</summary>
    public override string ToString() => AccessKeyId;
}

/// <summary>Signs outbound requests with Signature Version 4, e.g. Lambda's Invoke.</summary>
public static class SigV4Signer
{
    /// <summary>
    /// Gives the headers to add: X-Amz-Date, X-Amz-Security-Token where there is one, and Authorization.
    /// Throws <see cref="ArgumentException"/> when the request is longer than a canonical request may be or
    /// a header value holds a line break.
    /// </summary>
    /// <param name="credentials">Whose signature.</param>
    /// <param name="region">E.g. <c>eu-west-1</c>.</param>
    /// <param name="service">E.g. <c>lambda</c>.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">
    /// The absolute address as it will be sent; segments such as a function's ARN must be percent-encoded in
    /// it.
    /// </param>
    /// <param name="headers">Further headers to be sent and signed; Host is added here.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="now">The signer's clock.</param>
    public static IReadOnlyDictionary<string, string> Sign(
        SigV4Credentials credentials,
        string region,
        string service,
        string method,
        Uri address,
        IReadOnlyDictionary<string, string> headers,
        ReadOnlySpan<byte> body,
        DateTimeOffset now)
    {
        var added = new Dictionary<string, string> { ["X-Amz-Date"] = AmzDate.Format(now) };
        if (credentials.SessionToken is { } token)
            added["X-Amz-Security-Token"] = token;

        // An Authority leaves out the scheme's default port, as the Host header does.
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = address.Authority,
        };
        foreach (var (name, value) in headers.Concat(added))
            signed[name.ToLowerInvariant()] = value;
        string[] names = [.. signed.Keys];

        var isBuilt = CanonicalRequest.TryBuild(
            method,
            address.AbsolutePath,
            address.Query.Length > 0 ? address.Query[1..] : "",
            names,
            signed.GetValueOrDefault,
            Signature.Hash(body),
            out var canonical);
        if (!isBuilt)
            throw new ArgumentException("The request cannot be signed.", nameof(address));

        var scope = new CredentialScope(AmzDate.Format(now)[..8], region, service);
        var key = Signature.SigningKey(credentials.SecretAccessKey, scope);
        var signature = Signature.Compute(key, Signature.StringToSign(now, scope, canonical!));
        added["Authorization"] =
            $"{AuthorizationHeader.Algorithm} Credential={credentials.AccessKeyId}/{scope.Text}, "
            + $"SignedHeaders={string.Join(';', names)}, Signature={signature}";
        return added;
    }
}
