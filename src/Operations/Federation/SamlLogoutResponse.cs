namespace Lifeguard.Operations.Federation;

/// <summary>What a browser brings back from a provider's sign-out.</summary>
public sealed record SamlLogoutResponse
{
    private SamlLogoutResponse() { }

    /// <summary>The field <c>SAMLResponse</c> of a form; null for the other binding.</summary>
    public string? Form { get; private init; }

    /// <summary>The query as it came; null for the other binding.</summary>
    public string? Query { get; private init; }

    /// <summary>By the HTTP-POST binding.</summary>
    public static SamlLogoutResponse Posted(string samlResponse) => new() { Form = samlResponse };

    /// <summary>By the HTTP-Redirect binding.</summary>
    /// <param name="query">Without the question mark, in no other spelling than it came: the signature is
    /// over its characters.</param>
    public static SamlLogoutResponse Redirected(string query) => new() { Query = query };

    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(SamlLogoutResponse);
}
