using Lifeguard.Contract;

namespace Lifeguard.Operations.Pools;

/// <summary>The settable members of a request in the shape in which a pool keeps them.</summary>
internal static class GivenPool
{
    /// <summary>The schema is the one asked for, not yet the whole one.</summary>
    public static UserPoolType Of(CreateUserPoolRequest request) => new()
    {
        Name = request.PoolName,
        SchemaAttributes = request.Schema,
        AliasAttributes = request.AliasAttributes,
        UsernameAttributes = request.UsernameAttributes,
        UsernameConfiguration = request.UsernameConfiguration,
        Policies = request.Policies,
        DeletionProtection = request.DeletionProtection,
        LambdaConfig = request.LambdaConfig,
        AutoVerifiedAttributes = request.AutoVerifiedAttributes,
        SmsVerificationMessage = request.SmsVerificationMessage,
        EmailVerificationMessage = request.EmailVerificationMessage,
        EmailVerificationSubject = request.EmailVerificationSubject,
        VerificationMessageTemplate = request.VerificationMessageTemplate,
        SmsAuthenticationMessage = request.SmsAuthenticationMessage,
        MfaConfiguration = request.MfaConfiguration,
        UserAttributeUpdateSettings = request.UserAttributeUpdateSettings,
        DeviceConfiguration = request.DeviceConfiguration,
        EmailConfiguration = request.EmailConfiguration,
        SmsConfiguration = request.SmsConfiguration,
        UserPoolTags = request.UserPoolTags,
        AdminCreateUserConfig = request.AdminCreateUserConfig,
        UserPoolAddOns = request.UserPoolAddOns,
        AccountRecoverySetting = request.AccountRecoverySetting,
        UserPoolTier = request.UserPoolTier,
        DcrConfiguration = request.DcrConfiguration,
        KeyConfiguration = request.KeyConfiguration,
        IssuerConfiguration = request.IssuerConfiguration,
        AcrConfiguration = request.AcrConfiguration,
    };

    /// <summary>Null where the request leaves a member out.</summary>
    public static UserPoolType Of(UpdateUserPoolRequest request) => new()
    {
        Name = request.PoolName,
        Policies = request.Policies,
        DeletionProtection = request.DeletionProtection,
        LambdaConfig = request.LambdaConfig,
        AutoVerifiedAttributes = request.AutoVerifiedAttributes,
        SmsVerificationMessage = request.SmsVerificationMessage,
        EmailVerificationMessage = request.EmailVerificationMessage,
        EmailVerificationSubject = request.EmailVerificationSubject,
        VerificationMessageTemplate = request.VerificationMessageTemplate,
        SmsAuthenticationMessage = request.SmsAuthenticationMessage,
        MfaConfiguration = request.MfaConfiguration,
        UserAttributeUpdateSettings = request.UserAttributeUpdateSettings,
        DeviceConfiguration = request.DeviceConfiguration,
        EmailConfiguration = request.EmailConfiguration,
        SmsConfiguration = request.SmsConfiguration,
        UserPoolTags = request.UserPoolTags,
        AdminCreateUserConfig = request.AdminCreateUserConfig,
        UserPoolAddOns = request.UserPoolAddOns,
        AccountRecoverySetting = request.AccountRecoverySetting,
        UserPoolTier = request.UserPoolTier,
        DcrConfiguration = request.DcrConfiguration,
        KeyConfiguration = request.KeyConfiguration,
        IssuerConfiguration = request.IssuerConfiguration,
        AcrConfiguration = request.AcrConfiguration,
    };
}
