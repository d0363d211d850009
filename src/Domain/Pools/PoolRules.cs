using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;

namespace Lifeguard.Domain.Pools;

/// <summary>
/// What a pool may be configured to: defaults, members that must agree with each other, and what an update
/// leaves alone. Single members are bounded by the contract.
/// </summary>
public static class PoolRules
{
    /// <summary>Pools in one deployment (doc: per account and region).</summary>
    public const int MaxPools = 1000;

    /// <summary>The settings of a new pool.</summary>
    /// <param name="given">The members of the request; the schema as it was asked for.</param>
    /// <param name="region">The pool's region.</param>
    /// <exception cref="ApiException">InvalidParameterException, FeatureUnavailableInTierException or
    /// UserPoolTaggingException for the first rule that is broken.</exception>
    public static UserPoolType New(UserPoolType given, string region)
    {
        KeyRules.Check(given.KeyConfiguration, region);
        var pool = Complete(
            given with
            {
                SchemaAttributes = SchemaRules.Build(given.SchemaAttributes),
                AliasAttributes = Listed(given.AliasAttributes),
                UsernameAttributes = Listed(given.UsernameAttributes),
                UserPoolTier = given.UserPoolTier ?? TierRules.Default(given),
            },
            region);
        CheckNames(pool);
        if (HasMfa(pool) && pool.SmsConfiguration is null)
            throw PoolRefusals.MfaWithoutSms();
        PolicyRules.CheckFirstFactors(pool, passkeysCountAsMfa: false);
        TierRules.CheckNew(pool);
        return pool;
    }

    /// <summary>The settings after an update: the request, what <see cref="UpdateRules"/> keeps, and defaults
    /// for the rest.</summary>
    /// <param name="region">The pool's region.</param>
    /// <param name="factors">The pool's factors, which an update keeps.</param>
    /// <param name="use">What hangs on the pool; needed where <see cref="NeedsUse"/> says so.</param>
    /// <exception cref="ApiException">As <see cref="New"/>, and TierChangeNotAllowedException.</exception>
    public static UserPoolType Changed(
        UserPoolType stored, UserPoolType given, string region, PoolFactors factors, PoolUse use)
    {
        KeyRules.Check(given.KeyConfiguration, region);
        var pool = Complete(UpdateRules.Over(stored, given), region);
        CheckMfaChange(stored, pool, factors);
        PolicyRules.CheckFirstFactors(pool, factors.PasskeysCountAsMfa);
        TierRules.CheckChange(stored, pool, factors, use);
        KeyRules.CheckChange(pool.KeyConfiguration, use);
        return pool;
    }

    /// <summary>Will <see cref="Changed"/> need to know what hangs on the pool?</summary>
    public static bool NeedsUse(UserPoolType stored, UserPoolType given) =>
        given.KeyConfiguration is not null
        || (given.UserPoolTier is not null && TierRules.IsDowngrade(stored, given));

    /// <exception cref="ApiException">InvalidParameterException: the pool is protected, or has a domain or a
    /// replica.</exception>
    public static void CheckDeletable(UserPoolType pool, bool hasReplica)
    {
        if (pool.DeletionProtection == DeletionProtectionType.Active) throw PoolRefusals.DeletionProtected();
        if (pool.Domain is not null || pool.CustomDomain is not null) throw PoolRefusals.HasDomain();
        if (hasReplica) throw PoolRefusals.HasReplica();
    }

    private static UserPoolType Complete(UserPoolType given, string region)
    {
        DeliveryRules.CheckSms(given.SmsConfiguration, region);
        var pool = MessageRules.Mirrored(PolicyRules.Completed(given)) with
        {
            DeletionProtection = given.DeletionProtection ?? DeletionProtectionType.Inactive,
            LambdaConfig = LambdaRules.Complete(given.LambdaConfig),
            AutoVerifiedAttributes = Listed(given.AutoVerifiedAttributes),
            MfaConfiguration = given.MfaConfiguration ?? UserPoolMfaType.Off,
            UserAttributeUpdateSettings = Complete(given.UserAttributeUpdateSettings),
            DeviceConfiguration = DeliveryRules.Devices(given.DeviceConfiguration),
            EmailConfiguration = DeliveryRules.Email(given.EmailConfiguration),
            UserPoolTags = TagRules.Checked(given.UserPoolTags),
            AccountRecoverySetting = DeliveryRules.Recovery(given.AccountRecoverySetting),
            DcrConfiguration = RegistrationRules.Complete(given.DcrConfiguration),
            KeyConfiguration = KeyRules.Complete(given.KeyConfiguration),
            IssuerConfiguration = new() { Type = given.IssuerConfiguration?.Type ?? IssuerType.Original },
            AcrConfiguration = AcrRules.Complete(given.AcrConfiguration),
        };
        CheckVerification(pool);
        return pool;
    }

    private static UserAttributeUpdateSettingsType? Complete(UserAttributeUpdateSettingsType? given) =>
        given is null
            ? null
            : new()
            {
                AttributesRequireVerificationBeforeUpdate =
                    [.. (given.AttributesRequireVerificationBeforeUpdate ?? []).Distinct()],
            };

    private static void CheckNames(UserPoolType pool)
    {
        if (pool.AliasAttributes is null) return;
        if (pool.UsernameAttributes is not null) throw PoolRefusals.AliasAndUsernameAttributes();
        if (pool.AliasAttributes.Contains(AttributeNames.PreferredUsername)
            && SchemaRules.Required(pool.SchemaAttributes).Contains(AttributeNames.PreferredUsername))
        {
            throw PoolRefusals.RequiredPreferredUsernameAlias();
        }
    }

    private static void CheckVerification(UserPoolType pool)
    {
        var verified = pool.AutoVerifiedAttributes ?? [];
        if (verified.Contains(AttributeNames.PhoneNumber) && pool.SmsConfiguration is null)
            throw PoolRefusals.PhoneVerificationWithoutSms();
        var before = pool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
        if (before.Except(verified).Any()) throw PoolRefusals.VerificationBeforeUpdateOfUnverified();
    }

    private static void CheckMfaChange(UserPoolType stored, UserPoolType next, PoolFactors factors)
    {
        if (IsOn(next) && !IsOn(stored)) throw PoolRefusals.MfaOnAfterCreation();
        var hasOtherFactor = factors.HasSoftwareToken || factors.Email is not null;
        if (HasMfa(next) && next.SmsConfiguration is null && !hasOtherFactor)
            throw PoolRefusals.MfaWithoutSms();
    }

    private static bool HasMfa(UserPoolType pool) => pool.MfaConfiguration != UserPoolMfaType.Off;

    private static bool IsOn(UserPoolType pool) => pool.MfaConfiguration == UserPoolMfaType.On;

    // An empty list is the same as none, and none is left out of answers (observed).
    private static IReadOnlyList<string>? Listed(IReadOnlyList<string>? list) =>
        list is { Count: > 0 } ? [.. list.Distinct()] : null;
}
