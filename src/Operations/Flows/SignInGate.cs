using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// The one place that decides whether a user may have tokens: every flow, refresh and token-authorised call
/// asks here, so that no way in forgets a check.
/// </summary>
public static class SignInGate
{
    /// <summary>
    /// Before the password of a client that reveals existence: a disabled or unconfirmed user is told so at
    /// once (observed). Clients that hide existence learn it only with the right password.
    /// </summary>
    public static void BeforePassword(AppClient client, User user)
    {
        if (client.HidesUserExistence) return;
        MustBeEnabledAndConfirmed(user);
    }

    /// <summary>As the other, where the user may turn out to be confirmed by a code.</summary>
    public static void BeforeChoice(AppClient client, User user)
    {
        if (!client.HidesUserExistence && !user.Enabled) throw Reject.UserDisabled();
    }

    /// <summary>Whoever comes from another provider signs in there alone (doc): where existence is no secret
    /// there is nothing to be asked for, and the refusal is that of a wrong password (inferred). Clients that
    /// hide existence get what they get for nobody.</summary>
    /// <exception cref="ApiException">NotAuthorizedException.</exception>
    public static void MustNotBeExternal(AppClient client, User? user)
    {
        if (user is { IsExternal: true } && !client.HidesUserExistence) throw Reject.WrongPassword();
    }

    /// <summary>
    /// A user who was imported without a password has none that could be proved, and is told to reset it,
    /// whatever the flow (observed); clients that hide existence cannot be told (doc).
    /// </summary>
    /// <exception cref="ApiException">PasswordResetRequiredException.</exception>
    public static void MustHavePassword(AppClient client, User? user)
    {
        if (user is { Password: null } && !client.HidesUserExistence) MustNotAwaitReset(user);
    }

    /// <summary>A user who has to reset the password signs in by no code either, and where existence is no
    /// secret gets none in the first place. Clients that hide existence learn it with the right
    /// code.</summary>
    /// <exception cref="ApiException">PasswordResetRequiredException.</exception>
    public static void BeforeCode(AppClient client, User? user)
    {
        if (user is not null && !client.HidesUserExistence) MustNotAwaitReset(user);
    }

    /// <summary>Once the password, or what takes its place, is proved right: everything
    /// that still stands between the user and tokens.</summary>
    public static void AfterPassword(UserPool pool, User user, DateTimeOffset now)
    {
        // No passkey and no function of the pool's stands in for the other provider.
        if (user.IsExternal) throw Reject.WrongPassword();
        MustBeEnabledAndConfirmed(user);
        MustNotAwaitReset(user);
        if (user.Status == UserStatusType.ForceChangePassword && IsExpired(pool, user, now))
            throw Reject.TemporaryPasswordExpired();
    }

    /// <summary>Another provider has said who it is. No password is asked for, so none has to be reset or
    /// replaced first (inferred).</summary>
    /// <exception cref="FederationException">Disabled, or not confirmed.</exception>
    public static void AtFederation(User user)
    {
        if (!user.Enabled) throw ProviderErrors.Disabled();
        if (user.Status == UserStatusType.Unconfirmed) throw ProviderErrors.Of(Reject.UserNotConfirmed());
    }

    /// <summary>A token of an earlier sign-in, to be refreshed or called with.</summary>
    /// <param name="eventId">Of the sign-in. At another provider no password was asked for, so the tokens
    /// that came of it outlive a reset (inferred).</param>
    /// <exception cref="ApiException">NotAuthorizedException: disabled;
    /// PasswordResetRequiredException.</exception>
    public static void AtToken(User user, string eventId)
    {
        if (!user.Enabled) throw Reject.UserDisabled();
        if (!RandomSource.IsFederated(eventId)) MustNotAwaitReset(user);
    }

    /// <exception cref="ApiException">PasswordResetRequiredException.</exception>
    public static void MustNotAwaitReset(User user)
    {
        if (user.Status == UserStatusType.ResetRequired) throw Reject.PasswordResetRequired();
    }

    /// <summary>For what only confirmed users do to themselves. Whoever could sign in is confirmed, unless
    /// somebody has taken that back.</summary>
    /// <exception cref="ApiException">UserNotConfirmedException.</exception>
    public static void MustBeConfirmed(User user)
    {
        if (user.Status == UserStatusType.Unconfirmed) throw Reject.UserNotConfirmed();
    }

    /// <summary>May somebody who once signed in on the pages of a domain go on with it, as far as the user is
    /// concerned? <see cref="WaysIn"/> asks, and has the rest.</summary>
    /// <param name="eventId">Of the sign-in: its instant is in it, and whether another provider has said who
    /// it is.</param>
    internal static bool MayStay(User user, string eventId) =>
        user is { Enabled: true, Status: not UserStatusType.Unconfirmed }
        && (!OwesPassword(user) || RandomSource.IsFederated(eventId))
        && RandomSource.TimeOf(eventId) is { } began
        && !IsSignedOut(user, began);

    /// <summary>Was the sign-in ended by a later sign-out or by disabling? A sign-in at the very instant
    /// counts as later, so that an immediate new sign-in works.</summary>
    public static bool IsSignedOut(User user, DateTimeOffset signedInAt) =>
        user.SignedOutAt is { } end && signedInAt < Milliseconds(end);

    /// <summary>A sign-out ends the sign-ins under way as well: their tokens would count as older than
    /// it.</summary>
    /// <exception cref="ApiException">NotAuthorizedException.</exception>
    public static void MustNotBeSignedOut(User user, SignInProgress progress)
    {
        if (IsSignedOut(user, progress.BeganAt)) throw Reject.SessionInvalid();
    }

    /// <summary>Does every sign-in by a password end in a new one? A browser that is known is not to spare
    /// the user that (inferred); tokens that are out stay good with a temporary password (inferred), and not
    /// with one to be reset (observed).</summary>
    private static bool OwesPassword(User user) =>
        user.Status is UserStatusType.ResetRequired or UserStatusType.ForceChangePassword;

    private static void MustBeEnabledAndConfirmed(User user)
    {
        if (!user.Enabled) throw Reject.UserDisabled();
        MustBeConfirmed(user);
    }

    private static bool IsExpired(UserPool pool, User user, DateTimeOffset now) =>
        user.Password is { IsTemporary: true } temporary
        && now >= temporary.SetAt.AddDays(pool.PasswordPolicy.TemporaryPasswordValidityDays);

    private static DateTimeOffset Milliseconds(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
