using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>
/// Which settings an update leaves as they are where the request leaves them out. All others go back to their
/// defaults (doc; tags, e-mail verification and the attributes to verify also observed). Without what is kept
/// in spite of the documentation every update of something else would weaken the pool.
/// </summary>
public static class UpdateRules
{
    /// <summary>The request laid over the stored settings; what it leaves out and does not keep is
    /// null.</summary>
    public static UserPoolType Over(UserPoolType stored, UserPoolType given) => given with
    {
        // No member of the request (doc).
        SchemaAttributes = stored.SchemaAttributes,
        AliasAttributes = stored.AliasAttributes,
        UsernameAttributes = stored.UsernameAttributes,
        UsernameConfiguration = stored.UsernameConfiguration,
        Domain = stored.Domain,
        CustomDomain = stored.CustomDomain,
        // Kept by their own documentation; a pool cannot be without a name (inferred).
        UserPoolTier = given.UserPoolTier ?? stored.UserPoolTier,
        DcrConfiguration = given.DcrConfiguration ?? stored.DcrConfiguration,
        Name = given.Name ?? stored.Name,
        // Kept in spite of the documentation (observed: 2026-08 and 2026-09).
        Policies = Policies(stored, given),
        MfaConfiguration = given.MfaConfiguration ?? stored.MfaConfiguration,
        UserAttributeUpdateSettings = given.UserAttributeUpdateSettings ?? stored.UserAttributeUpdateSettings,
        SmsConfiguration = given.SmsConfiguration
            ?? (KeepsFactors(stored, given) ? stored.SmsConfiguration : null),
        // Inferred: clients older than these members would otherwise change a pool's key, and the issuer of
        // its tokens, with every update.
        KeyConfiguration = given.KeyConfiguration ?? stored.KeyConfiguration,
        IssuerConfiguration = given.IssuerConfiguration ?? stored.IssuerConfiguration,
    };

    /// <summary>Factors that stay may go by SMS, and stay usable with it (inferred).</summary>
    private static bool KeepsFactors(UserPoolType stored, UserPoolType given)
    {
        var keepsMfa = given.MfaConfiguration is null && stored.MfaConfiguration != UserPoolMfaType.Off;
        var keepsSignIn = given.Policies?.SignInPolicy is not { AllowedFirstAuthFactors.Count: > 0 };
        var first = stored.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
        return keepsMfa || (keepsSignIn && first.Contains(AuthFactorType.SmsOtp));
    }

    /// <summary>Each half stays where it is left out, and the first factors where none is named.</summary>
    private static UserPoolPolicyType Policies(UserPoolType stored, UserPoolType given) => new()
    {
        PasswordPolicy = given.Policies?.PasswordPolicy ?? Kept(stored.Policies?.PasswordPolicy, given),
        SignInPolicy = given.Policies?.SignInPolicy is { AllowedFirstAuthFactors.Count: > 0 } named
            ? named
            : stored.Policies?.SignInPolicy,
    };

    /// <summary>The deprecated member for the validity of temporary passwords changes it as well.</summary>
    private static PasswordPolicyType? Kept(PasswordPolicyType? stored, UserPoolType given) =>
        given.AdminCreateUserConfig?.UnusedAccountValidityDays is not (null or 0)
            ? stored! with { TemporaryPasswordValidityDays = null }
            : stored;
}
