namespace Lifeguard.Operations.OAuth;

/// <summary>For which resource a token is wanted (RFC 8707).</summary>
internal static class ResourceIndicator
{
    private const int Longest = 2048;

    /// <summary>An absolute URI without a fragment: HTTPS, plain HTTP of the own machine, or a scheme of an
    /// app (doc).</summary>
    /// <exception cref="OAuthException">invalid_request.</exception>
    public static void Check(string resource)
    {
        var isOne = resource.Length <= Longest
            && Uri.TryCreate(resource, UriKind.Absolute, out var uri)
            && resource.Contains("://", StringComparison.Ordinal)
            && !resource.Contains('#')
            && (uri.Scheme != Uri.UriSchemeHttp || uri.Host == "localhost");
        if (!isOne) throw OAuthRefusals.InvalidRequest();
    }
}
