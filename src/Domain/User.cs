using Lifeguard.Contract;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Domain;

/// <summary>
/// One user of a pool. Immutable: a transition returns the user as it is afterwards, or throws the refusal.
/// </summary>
public sealed record User
{
    public required string PoolId { get; init; }

    /// <summary>Never changes and is never given to another user.</summary>
    public required string Sub { get; init; }

    /// <summary>The stored name; equal to <see cref="Sub"/>
    /// in pools that sign in with e-mail or phone.</summary>
    public required string Username { get; init; }

    /// <summary>One of <see cref="UserStatusType"/>.</summary>
    public required string Status { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>All attributes but <c>sub</c>.</summary>
    public UserAttributes Attributes { get; init; } = UserAttributes.Empty;

    /// <summary>New e-mail addresses and phone numbers that wait
    /// for their code before they replace the old.</summary>
    public UserAttributes Pending { get; init; } = UserAttributes.Empty;

    /// <summary>Null for users who have no password: federated, passwordless, imported without one.</summary>
    public PasswordCredential? Password { get; init; }

    /// <summary>The password a sign-in may prove; federated
    /// users have none here, whatever is stored (doc).</summary>
    public PasswordCredential? SignInPassword => IsExternal ? null : Password;

    /// <summary>Hashes of earlier passwords, newest first, the current one not among them.</summary>
    public IReadOnlyList<string> PasswordHistory { get; init; } = [];

    public MfaPreference Mfa { get; init; } = MfaPreference.None;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Tokens of sign-ins before this instant are revoked.</summary>
    public DateTimeOffset? SignedOutAt { get; init; }

    /// <summary>Rises with every stored change; guards against lost updates.</summary>
    public long Version { get; init; }

    public bool IsExternal => Status == UserStatusType.ExternalProvider;

    /// <summary>The user came into being by signing in at another provider, whatever became of it since, and
    /// is found by the user name alone: the address may be that of one of the pool's own users.</summary>
    public bool IsFederated =>
        LinkedIdentity.Read(Attributes[AttributeNames.Identities]).Any(identity => identity.IsPrimary);

    /// <summary>Neither invited nor federated: there is a
    /// password of the user's own to be replaced.</summary>
    public bool IsResettable =>
        Status is not (UserStatusType.ForceChangePassword or UserStatusType.ExternalProvider);

    /// <summary>Never prints its members: they hold hashes and personal data.</summary>
    public override string ToString() => $"User {Sub}";

    /// <summary>The user with <paramref name="password"/>, the
    /// old one remembered as far as the pool asks.</summary>
    public User WithPassword(PasswordCredential password, int historySize, DateTimeOffset now)
    {
        IEnumerable<string> earlier = Password is { IsTemporary: false } old
            ? [old.Hash, .. PasswordHistory]
            : PasswordHistory;
        return this with
        {
            Password = password,
            // The current password counts as one of the remembered ones.
            PasswordHistory = [.. earlier.Take(Math.Max(0, historySize - 1))],
            ModifiedAt = now,
        };
    }

    /// <summary>Confirmed by a code, an administrator or a trigger.</summary>
    public User Confirm(DateTimeOffset now) => Status == UserStatusType.Unconfirmed
        ? this with { Status = UserStatusType.Confirmed, ModifiedAt = now }
        : throw Reject.NotAuthorized($"User cannot be confirmed. Current status is {Status}");

    /// <summary>
    /// The user who has proved to receive what goes to <paramref name="value"/>: a new value that waited for
    /// this takes effect, and is verified. Null where it is neither the waiting nor the present value any
    /// more; what was proved then says nothing about the user.
    /// </summary>
    public User? WithProved(string contact, string value, DateTimeOffset now)
    {
        var isPending = Pending[contact] == value;
        if (!isPending && Attributes[contact] != value) return null;
        return this with
        {
            Attributes = Attributes
                .With(contact, value)
                .With(AttributeNames.VerifiedFlag(contact), true),
            Pending = isPending ? Pending.Without(contact) : Pending,
            ModifiedAt = now,
        };
    }

    /// <summary>
    /// Refuses where no password reset may begin, whoever asks: observed for ForgotPassword and
    /// AdminResetUserPassword alike.
    /// </summary>
    public void MustBeResettable()
    {
        if (!IsResettable) throw Reject.CannotResetInThisState();
    }

    /// <summary>The user after an administrator has begun a
    /// password reset; repeating it is allowed.</summary>
    public User RequirePasswordReset(DateTimeOffset now)
    {
        MustBeResettable();
        return this with { Status = UserStatusType.ResetRequired, ModifiedAt = now };
    }

    /// <summary>The status an administrator's AdminSetUserPassword leaves behind.</summary>
    public User AfterPasswordSetByAdministrator(bool permanent, DateTimeOffset now) => this with
    {
        Status = permanent ? UserStatusType.Confirmed : UserStatusType.ForceChangePassword,
        ModifiedAt = now,
    };

    public User Enable(DateTimeOffset now) => this with { Enabled = true, ModifiedAt = now };

    /// <summary>Disabled, and every token issued so far revoked (doc).</summary>
    public User Disable(DateTimeOffset now) =>
        SignOut(now) with { Enabled = false, ModifiedAt = now };

    /// <summary>With every sign-in revoked that began before <paramref name="instant"/>. What was revoked
    /// before stays so, should the clock be set back.</summary>
    public User SignOut(DateTimeOffset instant) =>
        this with { SignedOutAt = SignedOutAt > instant ? SignedOutAt : instant };
}
