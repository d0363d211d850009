using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Domain.Sessions;

namespace Lifeguard.Domain;

/// <summary>
/// A user pool. Its configuration is kept in the service's own shape, so nothing that can be set is ever lost
/// between the wire and the database; the members here say what the configuration means.
/// </summary>
public sealed record UserPool
{
    public required string Id { get; init; }

    /// <summary>Everything DescribeUserPool shows, but for the
    /// dates, the ARN and the estimate of users.</summary>
    public required UserPoolType Settings { get; init; }

    /// <summary>Second factors and passkeys, which the settings do not show.</summary>
    public PoolFactors Factors { get; init; } = PoolFactors.None;

    /// <summary>Whether it is noted who is signed in where, which the settings do not show.</summary>
    public SessionTracking Sessions { get; init; } = SessionTracking.Off;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Rises with every stored change; guards against lost updates.</summary>
    public long Version { get; init; }

    /// <summary>Gives the pseudonyms of names that nobody has, in a pool that came from another deployment:
    /// were they other ones than before the move, they would show that the names are unknown. Null where the
    /// deployment's own key does.</summary>
    public byte[]? StandInKey { get; init; }

    public string Name => Settings.Name!;

    /// <summary>The part of the id after the first <c>_</c>: SRP hashes it with the user name.</summary>
    public string SrpName => Id[(Id.IndexOf('_') + 1)..];

    /// <summary>The part of the id before the <c>_</c>: where the pool was created.</summary>
    public string Region => RegionOf(Id);

    /// <summary>The region through which the pool is seen: that of a replica, or its own.</summary>
    public string SeenIn { get => field ?? Region; init; }

    /// <summary>False only where UsernameConfiguration says so; absent means case matters (doc).</summary>
    public bool IsCaseSensitive => Settings.UsernameConfiguration?.CaseSensitive ?? true;

    /// <summary>Users sign in with an e-mail address or phone
    /// number and have a generated user name.</summary>
    public bool SignsInWithAttributes => Settings.UsernameAttributes is { Count: > 0 };

    public bool UsesAsUsername(string attribute) => Settings.UsernameAttributes?.Contains(attribute) == true;

    public bool HasAlias(string attribute) => Settings.AliasAttributes?.Contains(attribute) == true;

    /// <summary>Users may be named by this attribute, as an alias or in place of a user name.</summary>
    public bool IsFoundBy(string attribute) => HasAlias(attribute) || UsesAsUsername(attribute);

    public bool AutoVerifies(string attribute) =>
        Settings.AutoVerifiedAttributes?.Contains(attribute) == true;

    /// <summary>Addresses are proved by following a link instead of by typing a code.</summary>
    public bool VerifiesByLink => Settings.VerificationMessageTemplate?.DefaultEmailOption
        == DefaultEmailOptionType.ConfirmWithLink;

    public bool RequiresVerificationBeforeUpdate(string attribute) =>
        Settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate?
            .Contains(attribute) == true;

    public bool AllowsSelfSignUp => Settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly != true;

    public PasswordPolicy PasswordPolicy => PasswordPolicy.From(Settings.Policies?.PasswordPolicy);

    /// <summary>A one-time code may be the first factor, so users may exist without a password. A passkey
    /// alone makes none: it can only be registered by who has signed in before (doc).</summary>
    public bool IsPasswordless => AllowsFirstFactor("EMAIL_OTP") || AllowsFirstFactor("SMS_OTP");

    /// <summary>Can a one-time code reach a user with these attributes?</summary>
    public bool ReachesWithCode(UserAttributes attributes) =>
        (AllowsFirstFactor("EMAIL_OTP") && attributes.Has(AttributeNames.Email))
        || (AllowsFirstFactor("SMS_OTP") && attributes.Has(AttributeNames.PhoneNumber));

    /// <summary>The region in a pool's id.</summary>
    public static string RegionOf(string poolId) => poolId[..poolId.IndexOf('_')];

    /// <summary>The largest feature plan.</summary>
    public bool IsPlus => Settings.UserPoolTier == UserPoolTierType.Plus;

    /// <summary>Sign-ins are watched, whether or not anything is refused for it (doc: AUDIT,
    /// ENFORCED).</summary>
    public bool HasThreatProtection => Settings.UserPoolAddOns?.AdvancedSecurityMode
        is AdvancedSecurityModeType.Audit or AdvancedSecurityModeType.Enforced;

    /// <summary>Risks lead to something, and are not only looked at.</summary>
    /// <param name="flow">The flow that a sign-in began with: custom authentication has a mode of its own
    /// (doc). Null where it is no sign-in.</param>
    public bool EnforcesThreatProtection(string? flow = null) => flow == AuthFlowType.CustomAuth
        ? Settings.UserPoolAddOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode
            == AdvancedSecurityEnabledModeType.Enforced
        : Settings.UserPoolAddOns?.AdvancedSecurityMode == AdvancedSecurityModeType.Enforced;

    /// <summary>Are the risks of sign-ins by this flow weighed at all?</summary>
    public bool WeighsRisk(string flow) => IsWatched
        && (flow != AuthFlowType.CustomAuth
            || Settings.UserPoolAddOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode is not null);

    /// <summary>What users do is remembered (doc: threat protection on the PLUS plan).</summary>
    public bool IsWatched => IsPlus && HasThreatProtection;

    /// <summary>Is this one of the first factors that the pool lists?</summary>
    public bool AllowsFirstFactor(string factor) =>
        Settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.Contains(factor) == true;

    /// <summary>No sign-in asks for a second factor, whatever users have switched on.</summary>
    public bool IsMfaOff => Settings.MfaConfiguration is not (UserPoolMfaType.On or UserPoolMfaType.Optional);

    /// <summary>Every sign-in asks for a second factor.</summary>
    public bool RequiresMfa => Settings.MfaConfiguration == UserPoolMfaType.On;

    /// <summary>Second factors that users can switch on, in the order in which challenges list them. SMS is
    /// one wherever the pool can send text messages: it cannot be turned off apart (observed).</summary>
    public IReadOnlyList<string> SecondFactors =>
    [
        .. Settings.SmsConfiguration is not null ? (string[])[ChallengeNameType.SmsMfa] : [],
        .. Factors.HasSoftwareToken ? (string[])[ChallengeNameType.SoftwareTokenMfa] : [],
        .. Factors.Email is not null ? (string[])[ChallengeNameType.EmailOtp] : [],
    ];

    /// <summary>Sign-ins tell one device from another.</summary>
    public bool TracksDevices => Settings.DeviceConfiguration is not null;

    /// <summary>A confirmed device is remembered only once the user says so.</summary>
    public bool AsksToRememberDevices =>
        Settings.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt == true;

    /// <summary>A remembered device stands in for a second factor.</summary>
    public bool TrustsDevices => Settings.DeviceConfiguration?.ChallengeRequiredOnNewDevice == true;

    /// <summary>What a user is called in messages. Where people sign in with attributes the user name is
    /// generated and says nothing to them, so it is the attribute they were called by, or else the first in
    /// the pool's order that they have.</summary>
    /// <param name="given">What somebody has just called the user; null where that is not known.</param>
    public string NameOf(User user, string? given = null)
    {
        if (!SignsInWithAttributes) return user.Username;
        string[] kinds = [.. Settings.UsernameAttributes!.Where(user.Attributes.Has)];
        var called = kinds.FirstOrDefault(kind =>
            given is not null && FoldAlias(kind, user.Attributes[kind]!) == FoldAlias(kind, given));
        return (called ?? kinds.FirstOrDefault()) is { } known ? user.Attributes[known]! : user.Username;
    }

    /// <summary>User names and aliases as they are compared:
    /// lower case where the pool ignores case.</summary>
    public string Fold(string name) => IsCaseSensitive ? name : name.ToLowerInvariant();

    /// <summary>Phone numbers are compared as they are, e-mail
    /// addresses and names as the pool compares.</summary>
    public string FoldAlias(string attribute, string value) =>
        attribute == AttributeNames.PhoneNumber ? value : Fold(value);
}
