namespace Lifeguard.Domain;

/// <summary>The factors a user has switched on.</summary>
/// <param name="Enabled">Of <c>SMS_MFA</c>, <c>SOFTWARE_TOKEN_MFA</c>,
/// <c>EMAIL_OTP</c>, <c>WEB_AUTHN</c>.</param>
/// <param name="Preferred">The one asked for first; null for none.</param>
public sealed record MfaPreference(IReadOnlyList<string> Enabled, string? Preferred)
{
    public static readonly MfaPreference None = new([], null);

    public bool Has(string factor) => Enabled.Contains(factor);
}
