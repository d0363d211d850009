using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;

namespace Lifeguard.Domain.SignIns;

/// <summary>With what a user can sign in: first factors that the pool allows and the user has.</summary>
public static class AuthFactors
{
    /// <summary>The first factors, in the order of the pool's list.</summary>
    /// <param name="hasPasskey">The user has registered one.</param>
    public static IReadOnlyList<string> First(UserPool pool, User user, bool hasPasskey) =>
    [
        .. (pool.Settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [AuthFactorType.Password])
            .Where(factor => Has(user, factor, hasPasskey)),
    ];

    /// <summary>The first factors and, where the user has one, the authenticator: it is never a first factor
    /// (doc).</summary>
    public static IReadOnlyList<string> Configured(
        UserPool pool, User user, SoftwareToken? token, bool hasPasskey) =>
    [
        .. First(pool, user, hasPasskey),
        .. token?.Verified is null ? (string[])[] : [AuthFactorType.SoftwareToken],
    ];

    private static bool Has(User user, string factor, bool hasPasskey) => factor switch
    {
        AuthFactorType.Password => user.SignInPassword is not null,
        AuthFactorType.EmailOtp => MayGetCode(user, AttributeNames.Email),
        AuthFactorType.SmsOtp => MayGetCode(user, AttributeNames.PhoneNumber),
        AuthFactorType.WebAuthn => hasPasskey && !user.IsExternal,
        _ => false,
    };

    /// <summary>A temporary password has to be replaced first (observed). One that has to be reset leaves a
    /// user's ways in as they were, so that they do not tell it: the gate refuses whoever takes one. Of users
    /// who never had any, clients that hide existence learn nothing at all (doc).</summary>
    private static bool MayGetCode(User user, string contact) =>
        user.Attributes.Has(contact)
        && (user.Status is UserStatusType.Confirmed or UserStatusType.Unconfirmed
            || user is { Status: UserStatusType.ResetRequired, SignInPassword: not null });
}
