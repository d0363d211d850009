namespace Lifeguard.Domain;

/// <summary>The factors a user has switched on.</summary>
/// <param name="Enabled">Of <c>SMS_MFA</c>, <c>SOFTWARE_TOKEN_MFA</c>,
/// <c>EMAIL_OTP</c>, <c>WEB_AUTHN</c>.</param>
/// <param name="Preferred">The one asked for first; null for none.</param>
/// <param name="IsLegacy">SMS was switched on by the retired SetUserSettings, whose <c>MFAOptions</c> then
/// show it (doc).</param>
public sealed record MfaPreference(IReadOnlyList<string> Enabled, string? Preferred, bool IsLegacy = false)
{
    public static readonly MfaPreference None = new([], null);

    public bool Has(string factor) => Enabled.Contains(factor);

    public MfaPreference With(string factor) =>
        Has(factor) ? this : this with { Enabled = [.. Enabled, factor] };

    /// <summary>Without the factor, which is then not preferred either.</summary>
    public MfaPreference Without(string factor) => this with
    {
        Enabled = [.. Enabled.Where(each => each != factor)],
        Preferred = Preferred == factor ? null : Preferred,
    };
}
