using Lifeguard.Contract;

namespace Lifeguard.Domain.Mfa;

/// <summary>The factors of a pool that SetUserPoolMfaConfig alone sets. What SMS needs stands in the pool's
/// settings, where other messages use it too.</summary>
public sealed record PoolFactors
{
    public static readonly PoolFactors None = new();

    public SoftwareTokenMfaConfigType? SoftwareToken { get; init; }

    /// <summary>Its texts serve codes of sign-in as well.</summary>
    public EmailMfaConfigType? Email { get; init; }

    public WebAuthnConfigurationType? WebAuthn { get; init; }

    public bool HasSoftwareToken => SoftwareToken?.Enabled == true;

    /// <summary>A passkey with user verification is as good as two factors.</summary>
    public bool PasskeysCountAsMfa => WebAuthn?.FactorConfiguration
        == WebAuthnFactorConfigurationType.MultiFactorWithUserVerification;
}
