using Lifeguard.Domain;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>How often a user may do what costs a message or invites guessing, per hour (doc).</summary>
public sealed class HourlyLimits(AttemptStore attempts, Database database, AttemptLimits limits)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Refuses at once where the limit is already
    /// reached: before a trigger is called for nothing.</summary>
    /// <exception cref="ApiException">LimitExceededException, or what the operation has instead.</exception>
    public async Task MustBeWithin(string poolId, string sub, AttemptKind kind, Call call)
    {
        var count = await attempts.Find(poolId, sub, Name(kind), call.Now, call.Cancelled);
        if (count >= limits.Of(kind)) throw Refusal(kind);
    }

    /// <summary>Counts one within the transaction of what is counted.</summary>
    /// <exception cref="ApiException">LimitExceededException; the transaction is rolled back.</exception>
    public async Task Count(Transaction transaction, string poolId, string sub, AttemptKind kind, Call call)
    {
        var isWithin = await attempts.Count(
            transaction, poolId, sub, Name(kind), limits.Of(kind), Window, call.Now, call.Cancelled);
        if (!isWithin) throw Refusal(kind);
    }

    /// <summary>Counts one on its own, before what is counted is tried.</summary>
    /// <exception cref="ApiException">LimitExceededException.</exception>
    public Task Count(string poolId, string sub, AttemptKind kind, Call call) =>
        database.Write(transaction => Count(transaction, poolId, sub, kind, call), call.Cancelled);

    /// <summary>UpdateUserAttributes and sign-ins declare no LimitExceededException.</summary>
    private static ApiException Refusal(AttemptKind kind) =>
        kind is AttemptKind.AddressChange or AttemptKind.SignInCode
            ? Reject.TooManyRequests()
            : Reject.LimitExceeded();

    private static string Name(AttemptKind kind) => kind switch
    {
        AttemptKind.ResetRequest => "reset-request",
        AttemptKind.Resend => "resend",
        AttemptKind.WrongSignUpCode => "wrong-sign-up-code",
        AttemptKind.WrongResetCode => "wrong-reset-code",
        AttemptKind.WrongVerificationCode => "wrong-verification-code",
        AttemptKind.VerificationRequest => "verification-request",
        AttemptKind.AddressChange => "address-change",
        AttemptKind.SignInCode => "sign-in-code-request",
        _ => "change-password",
    };
}

/// <summary>What is counted per user and hour.</summary>
public enum AttemptKind
{
    /// <summary>ForgotPassword and AdminResetUserPassword together.</summary>
    ResetRequest,

    /// <summary>ResendConfirmationCode.</summary>
    Resend,

    /// <summary>ChangePassword.</summary>
    ChangePassword,

    /// <summary>ConfirmSignUp with a wrong code.</summary>
    WrongSignUpCode,

    /// <summary>ConfirmForgotPassword with a wrong code.</summary>
    WrongResetCode,

    /// <summary>VerifyUserAttribute with a wrong code.</summary>
    WrongVerificationCode,

    /// <summary>GetUserAttributeVerificationCode.</summary>
    VerificationRequest,

    /// <summary>UpdateUserAttributes that sends a code. The service names no limit; without one, a single
    /// account could write to strangers as often as it likes.</summary>
    AddressChange,

    /// <summary>A code that begins a sign-in. Anybody can have it sent, so it is bounded, though the service
    /// names no limit.</summary>
    SignInCode,
}

/// <summary>The hourly limits in force.</summary>
/// <param name="SignInCodes">Codes tried in sign-ins since the last right one.</param>
/// <param name="SignInCodeRequests">Codes sent as first factor.</param>
public sealed record AttemptLimits(
    int ResetRequests = 5,
    int Resends = 5,
    int PasswordChanges = 5,
    int WrongSignUpCodes = 15,
    int WrongResetCodes = 20,
    int WrongVerificationCodes = 15,
    int VerificationRequests = 5,
    int AddressChanges = 50,
    int SignInCodes = 20,
    int SignInCodeRequests = 20)
{
    public int Of(AttemptKind kind) => kind switch
    {
        AttemptKind.ResetRequest => ResetRequests,
        AttemptKind.Resend => Resends,
        AttemptKind.WrongSignUpCode => WrongSignUpCodes,
        AttemptKind.WrongResetCode => WrongResetCodes,
        AttemptKind.WrongVerificationCode => WrongVerificationCodes,
        AttemptKind.VerificationRequest => VerificationRequests,
        AttemptKind.AddressChange => AddressChanges,
        AttemptKind.SignInCode => SignInCodeRequests,
        _ => PasswordChanges,
    };
}
