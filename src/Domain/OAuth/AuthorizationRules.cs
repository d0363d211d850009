namespace Lifeguard.Domain.OAuth;

/// <summary>Where the endpoints of domains do more, or other things, than the service.</summary>
/// <param name="IsStrict">They keep to OpenID Connect to the letter, also where the service does not.</param>
/// <param name="NamesIssuer">Answers to authorization requests name the issuer (RFC 9207).</param>
/// <param name="AnnouncesPkce">Discovery names the code challenge methods.</param>
public sealed record AuthorizationRules(bool IsStrict, bool NamesIssuer, bool AnnouncesPkce)
{
    /// <summary>As the service does.</summary>
    public static readonly AuthorizationRules Compatible = new(false, false, false);

    /// <summary>May nobody be taken for who is signed in already? Classic pages do not know the parameter
    /// (doc); a choice of the account has to be made anew only where the standard is kept to.</summary>
    public bool AsksAgain(AuthorizationRequest request, bool isClassic)
    {
        var prompt = PromptOf(request, isClassic);
        return prompt.Contains("login") || (IsStrict && prompt.Contains("select_account"));
    }

    /// <summary>May no page be shown?</summary>
    public bool IsSilent(AuthorizationRequest request, bool isClassic) =>
        PromptOf(request, isClassic).Contains("none");

    private IReadOnlyList<string> PromptOf(AuthorizationRequest request, bool isClassic) =>
        isClassic && !IsStrict ? [] : request.Prompt;
}
