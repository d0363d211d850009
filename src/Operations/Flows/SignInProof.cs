using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Logs;

namespace Lifeguard.Operations.Flows;

/// <summary>What a step of a sign-in sets out to prove, in the two words that events have for it: the
/// password, or a second factor.</summary>
internal static class SignInProof
{
    /// <summary>Null where the step proves neither, as the first leg of SRP.</summary>
    /// <param name="what">A flow, or a challenge.</param>
    public static string? Of(string what, SignInRequest request) => what switch
    {
        ChallengeNameType.PasswordVerifier => ChallengeName.Password,
        ChallengeNameType.SmsMfa or ChallengeNameType.SoftwareTokenMfa
            or ChallengeNameType.EmailOtp or ChallengeNameType.SmsOtp => ChallengeName.Mfa,
        _ => request.Optional("PASSWORD") is null ? null : ChallengeName.Password,
    };

    /// <summary>What the step came to; null where nothing is decided yet, and nothing proved.</summary>
    public static string? Outcome(string? proof, SignInStep made) => (made.Tokens, proof) switch
    {
        ({ }, _) => EventResponseType.Pass,
        (null, { }) => EventResponseType.InProgress,
        _ => null,
    };

    /// <summary>The proof, as failed, where it is what the step was refused for.</summary>
    public static IReadOnlyList<AuthEventChallenge> Failed(string? proof, ApiException refusal)
    {
        var isWrong = proof switch
        {
            ChallengeName.Password => refusal.Text == Reject.WrongPassword().Text
                || refusal.Text == Reject.PasswordAttemptsExceeded().Text,
            ChallengeName.Mfa => refusal.Code is Errors.CodeMismatchException or Errors.ExpiredCodeException,
            _ => false,
        };
        return isWrong ? [new(proof!, ChallengeResponse.Failure)] : [];
    }
}
