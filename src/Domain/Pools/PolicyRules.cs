using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>Password policy, sign-in policy, and the members that hang on them.</summary>
public static class PolicyRules
{
    private const int DefaultValidityDays = 7;

    /// <summary>The pool with complete policies. Its tier is decided.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static UserPoolType Completed(UserPoolType given)
    {
        var validity = TemporaryValidity(given);
        return given with
        {
            Policies = new()
            {
                PasswordPolicy = Passwords(given.Policies?.PasswordPolicy, validity),
                SignInPolicy = SignIn(given.Policies?.SignInPolicy, given.UserPoolTier),
            },
            AdminCreateUserConfig = (given.AdminCreateUserConfig ?? new()) with
            {
                AllowAdminCreateUserOnly = given.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
                // The deprecated member goes on showing what the password policy says (doc's example).
                UnusedAccountValidityDays = validity,
            },
        };
    }

    /// <summary>Refuses first factors that cannot be together with the rest of the pool.</summary>
    /// <param name="passkeysCountAsMfa">Passkeys of this pool are verified well enough for MFA.</param>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void CheckFirstFactors(UserPoolType pool, bool passkeysCountAsMfa)
    {
        if (pool.Policies?.SignInPolicy?.AllowedFirstAuthFactors is not { Count: > 0 } factors) return;
        if (factors.Contains(AuthFactorType.SoftwareToken)) throw PoolRefusals.SoftwareTokenAsFirstFactor();
        if (factors is [AuthFactorType.WebAuthn]) throw PoolRefusals.PasskeyAlone();
        if (factors.Contains(AuthFactorType.SmsOtp) && pool.SmsConfiguration is null)
            throw PoolRefusals.SmsFactorWithoutSms();
        if (pool.MfaConfiguration != UserPoolMfaType.On) return;
        if (factors.Any(factor => factor is AuthFactorType.EmailOtp or AuthFactorType.SmsOtp))
            throw PoolRefusals.PasswordlessWithMfa();
        if (factors.Contains(AuthFactorType.WebAuthn) && !passkeysCountAsMfa)
            throw PoolRefusals.PasskeyWithMfa();
    }

    // Zero stands for "not given" (doc).
    private static int TemporaryValidity(UserPoolType given)
    {
        var days = NotZero(given.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays);
        var legacy = NotZero(given.AdminCreateUserConfig?.UnusedAccountValidityDays);
        if (days is not null && legacy is not null && days != legacy)
            throw PoolRefusals.TwoTemporaryValidities();
        return days ?? legacy ?? DefaultValidityDays;
    }

    private static PasswordPolicyType Passwords(PasswordPolicyType? given, int validityDays)
    {
        var policy = PasswordPolicy.From(given);
        return new()
        {
            MinimumLength = policy.MinimumLength,
            RequireUppercase = policy.RequireUppercase,
            RequireLowercase = policy.RequireLowercase,
            RequireNumbers = policy.RequireNumbers,
            RequireSymbols = policy.RequireSymbols,
            PasswordHistorySize = given?.PasswordHistorySize,
            TemporaryPasswordValidityDays = validityDays,
        };
    }

    /// <summary>Pools of the smallest plan have the password alone and do not show it.</summary>
    private static SignInPolicyType? SignIn(SignInPolicyType? given, string? tier)
    {
        IReadOnlyList<string> factors = given?.AllowedFirstAuthFactors is { Count: > 0 } listed
            ? [.. listed.Distinct()]
            : [AuthFactorType.Password];
        return tier == UserPoolTierType.Lite && factors is [AuthFactorType.Password]
            ? null
            : new() { AllowedFirstAuthFactors = factors };
    }

    private static int? NotZero(int? days) => days == 0 ? null : days;
}
