namespace Lifeguard.Domain.Federation;

/// <summary>A session at a SAML provider, as a request to end it names it (SAML Core §3.7.1). Only text, so
/// that it can be kept with the sign-in.</summary>
/// <param name="NameId">The subject, letter for letter.</param>
/// <param name="Format">Of the name; null where the provider does not say.</param>
/// <param name="NameQualifier">Among whose names it is one; null where the provider does not say.</param>
/// <param name="ForQualifier">For whom it was made (<c>SPNameQualifier</c>); null likewise.</param>
/// <param name="Index">The provider's own name for the session; null for none.</param>
public sealed record SamlSession(
    string NameId, string? Format, string? NameQualifier, string? ForQualifier, string? Index)
{
    /// <summary>Never prints its members: they tell of a person.</summary>
    public override string ToString() => nameof(SamlSession);
}
