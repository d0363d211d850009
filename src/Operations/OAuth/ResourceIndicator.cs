namespace Lifeguard.Operations.OAuth;

/// <summary>For which resource a token is wanted (RFC 8707).</summary>
internal static class ResourceIndicator
{
    private const int Longest = 2048;

    /// <exception cref="OAuthException">invalid_request.</exception>
    public static void Check(string resource)
    {
        if (!IsOne(resource)) throw OAuthRefusals.InvalidRequest();
    }

    /// <summary>An absolute URI without a fragment: HTTPS, plain HTTP of the own machine, or a scheme of an
    /// app (doc).</summary>
    public static bool IsOne(string resource) => resource.Length <= Longest
        && Uri.TryCreate(resource, UriKind.Absolute, out var uri)
        && resource.Contains("://", StringComparison.Ordinal)
        && !resource.Contains('#')
        && (uri.Scheme != Uri.UriSchemeHttp || uri.Host == "localhost");
}
