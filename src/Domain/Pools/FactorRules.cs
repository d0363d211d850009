using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;

namespace Lifeguard.Domain.Pools;

/// <summary>Second factors and passkeys of a pool, as SetUserPoolMfaConfig sets them. A block left out leaves
/// what is there alone.</summary>
public static class FactorRules
{
    /// <summary>The pool with the factors that the request gives.</summary>
    /// <exception cref="ApiException">InvalidParameterException, FeatureUnavailableInTierException or
    /// InvalidSmsRoleTrustRelationshipException for the first rule that is broken.</exception>
    public static UserPool Changed(UserPool pool, GivenFactors given, DateTimeOffset now)
    {
        var settings = WithSms(pool.Settings, given.Sms, pool.SeenIn) with
        {
            MfaConfiguration = given.Mfa ?? pool.Settings.MfaConfiguration,
        };
        var changed = pool with
        {
            Settings = settings,
            Factors = new()
            {
                SoftwareToken = given.SoftwareToken is null
                    ? pool.Factors.SoftwareToken
                    : new() { Enabled = given.SoftwareToken.Enabled ?? false },
                Email = given.Email ?? pool.Factors.Email,
                WebAuthn = Checked(given.WebAuthn) ?? pool.Factors.WebAuthn,
            },
            ModifiedAt = now,
        };
        if (changed.IsMfaOff && given.SwitchesOn) throw PoolRefusals.FactorsWithoutMfa();
        if (!changed.IsMfaOff && changed.SecondFactors.Count == 0) throw PoolRefusals.MfaWithoutFactors();
        PolicyRules.CheckFirstFactors(changed.Settings, changed.Factors.PasskeysCountAsMfa);
        TierRules.CheckFactors(changed);
        return changed;
    }

    private static UserPoolType WithSms(UserPoolType pool, SmsMfaConfigType? given, string region)
    {
        if (given is null) return pool;
        var sms = given.SmsConfiguration ?? pool.SmsConfiguration
            ?? throw PoolRefusals.Sms("SmsConfiguration is required for SMS MFA.");
        if (given.SmsConfiguration is not null)
        {
            DeliveryRules.CheckSms(sms, region);
            // Whether the role exists cannot be tried out here, but what is no role trusts nobody.
            if (sms.SnsCallerArn is { } arn && !Arns.IsOf("iam", arn)) throw PoolRefusals.SmsRole();
            if (sms.SnsCallerArn is not null) sms = sms with { SnsRegion = sms.SnsRegion ?? region };
        }

        return pool with
        {
            SmsConfiguration = sms,
            SmsAuthenticationMessage = given.SmsAuthenticationMessage ?? pool.SmsAuthenticationMessage,
        };
    }

    /// <summary>The relying party is a domain, which browsers compare with the page's (WebAuthn
    /// §5.1.2).</summary>
    private static WebAuthnConfigurationType? Checked(WebAuthnConfigurationType? given) =>
        given?.RelyingPartyId is { } domain && Uri.CheckHostName(domain) != UriHostNameType.Dns
            ? throw PoolRefusals.RelyingParty()
            : given;
}

/// <summary>The blocks of a request; null for those left out.</summary>
/// <param name="Mfa">OFF, OPTIONAL or ON.</param>
public sealed record GivenFactors(
    string? Mfa,
    SmsMfaConfigType? Sms,
    SoftwareTokenMfaConfigType? SoftwareToken,
    EmailMfaConfigType? Email,
    WebAuthnConfigurationType? WebAuthn)
{
    /// <summary>Is there a second factor that the request wants? Passkeys are none here (observed).</summary>
    public bool SwitchesOn => Sms is not null || SoftwareToken?.Enabled == true || Email is not null;
}
