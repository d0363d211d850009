using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>
/// What is refused about the configuration of a pool. Texts without a note were observed; "own words" marks
/// those of which only the type is known.
/// </summary>
public static class PoolRefusals
{
    public static ApiException AliasAndUsernameAttributes() => Reject.InvalidParameter(
        "Only one of the aliasAttributes or usernameAttributes can be set in a User pool.");

    /// <summary>Own words.</summary>
    public static ApiException RequiredPreferredUsernameAlias() => Reject.InvalidParameter(
        "preferred_username cannot be a required attribute when it is an alias attribute.");

    public static ApiException PhoneVerificationWithoutSms() => Reject.InvalidParameter(
        "SMS configuration is required when phone_number is selected for auto verification");

    public static ApiException MfaWithoutSms() => Reject.InvalidParameter(
        "SMS configuration and Auto verification for phone_number are required "
        + "when MFA is required/optional");

    public static ApiException MfaWithoutFactors() => Reject.InvalidParameter(
        "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.");

    public static ApiException FactorsWithoutMfa() => Reject.InvalidParameter(
        "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.");

    public static ApiException SmsRole() => new(
        Errors.InvalidSmsRoleTrustRelationshipException,
        "Role does not have a trust relationship allowing Cognito to assume the role");

    /// <summary>Own words.</summary>
    public static ApiException RelyingParty() =>
        Reject.InvalidParameter("Invalid WebAuthn configuration: RelyingPartyId must be a domain name.");

    public static ApiException MfaOnAfterCreation() => Reject.InvalidParameter(
        "Cannot turn MFA functionality ON, once the user pool has been created.");

    public static ApiException VerificationBeforeUpdateOfUnverified() => Reject.InvalidParameter(
        "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes");

    public static ApiException PasswordlessWithMfa() => Reject.InvalidParameter(
        "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled");

    public static ApiException PasskeyWithMfa() => Reject.InvalidParameter(
        "WEB_AUTHN cannot be used as an auth factor when MFA is enabled if not configured for MFA.");

    public static ApiException SmsFactorWithoutSms() => Reject.InvalidParameter(
        "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration");

    /// <summary>Own words.</summary>
    public static ApiException SoftwareTokenAsFirstFactor() => Reject.InvalidParameter(
        "SOFTWARE_TOKEN is not supported in AllowedFirstAuthFactors.");

    /// <summary>Own words.</summary>
    public static ApiException PasskeyAlone() => Reject.InvalidParameter(
        "WEB_AUTHN must be accompanied by at least one other factor in AllowedFirstAuthFactors.");

    /// <summary>The deprecated and the present member for the life of temporary passwords differ.</summary>
    public static ApiException TwoTemporaryValidities() => Reject.InvalidParameter(
        "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays");

    /// <summary>Own words.</summary>
    public static ApiException TwoTexts(string legacy, string member) => Reject.InvalidParameter(
        $"{legacy} and VerificationMessageTemplate.{member} must be identical when both are set.");

    /// <summary>Own words.</summary>
    public static ApiException TwoTokenTriggers() => Reject.InvalidParameter(
        "PreTokenGeneration and the LambdaArn of PreTokenGenerationConfig "
        + "must be identical when both are set.");

    /// <summary>Own words.</summary>
    public static ApiException CustomSenderWithoutKey() => Reject.InvalidParameter(
        "KMSKeyID is required when CustomSMSSender or CustomEmailSender is configured");

    /// <summary>Own words.</summary>
    public static ApiException SenderKey() => Reject.InvalidParameter(
        "KMSKeyID must be the ARN of a KMS key or of an alias of one");

    /// <summary>Own words.</summary>
    public static ApiException Recovery(string reason) =>
        Reject.InvalidParameter($"Invalid account recovery setting: {reason}");

    /// <summary>Own words.</summary>
    public static ApiException Sms(string reason) =>
        Reject.InvalidParameter($"Invalid SMS configuration: {reason}");

    /// <summary>Own words.</summary>
    public static ApiException Mailbox(string member) =>
        Reject.InvalidParameter($"{member} must be one e-mail address, alone or as Name <address>.");

    /// <summary>Own words.</summary>
    public static ApiException DeveloperEmailWithoutSource() => Reject.InvalidParameter(
        "SourceArn is required when EmailSendingAccount is DEVELOPER.");

    /// <summary>Own words.</summary>
    public static ApiException Key(string reason) =>
        Reject.InvalidParameter($"Invalid key configuration: {reason}");

    /// <summary>Own words.</summary>
    public static ApiException Acr(string reason) =>
        Reject.InvalidParameter($"Invalid ACR configuration: {reason}");

    /// <summary>Own words.</summary>
    public static ApiException Dcr(string reason) => Reject.InvalidParameter(
        $"Invalid dynamic client registration configuration: {reason}");

    /// <summary>Own words.</summary>
    public static ApiException Tags(string reason) => new(Errors.UserPoolTaggingException, reason);

    /// <summary>Own words.</summary>
    public static ApiException NoPoolArn(string arn) =>
        Reject.InvalidParameter($"{arn} is not the ARN of a user pool.");

    public static ApiException DeletionProtected() => Reject.InvalidParameter(
        "The user pool cannot be deleted because deletion protection is activated. "
        + "Deletion protection must be inactivated first.");

    public static ApiException HasDomain() => Reject.InvalidParameter(
        "User pool cannot be deleted. It has a domain configured that should be deleted first.");

    /// <summary>Own words.</summary>
    public static ApiException HasReplica() => Reject.InvalidParameter(
        "User pool cannot be deleted. It has a replica configured that should be deleted first.");

    /// <summary>A pool is asked for in a region that only has replicas. Own words.</summary>
    public static ApiException AnotherRegion(string region) => Reject.InvalidParameter(
        $"User pools of this deployment are created in Region {region}.");

    /// <summary>Features that the pool's feature plan does not include.</summary>
    public static ApiException FeaturesNotInTier(string tier, IEnumerable<string> features) =>
        new(Errors.FeatureUnavailableInTierException, NeedToBeDisabled(tier, features));

    /// <summary>A resource that the pool's feature plan does not include.</summary>
    public static ApiException FeatureNotInTier(string tier, string feature) => new(
        Errors.FeatureUnavailableInTierException,
        $"The following feature is not available for the {tier} pricing tier configured: {feature}");

    /// <summary>A smaller feature plan is wanted while features of the larger one are in use.</summary>
    public static ApiException TierChange(string tier, IEnumerable<string> features) =>
        new(Errors.TierChangeNotAllowedException, NeedToBeDisabled(tier, features));

    /// <summary>More pools, or more clients, than there may be. Own words.</summary>
    public static ApiException TooMany(string what, int limit) =>
        new(Errors.LimitExceededException, $"The limit of {limit} {what} has been reached.");

    private static string NeedToBeDisabled(string tier, IEnumerable<string> features) =>
        $"The following features need to be disabled for the {tier} pricing tier configured: "
        + string.Join(", ", features);
}
