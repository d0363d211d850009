using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Risk;

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
    public static string? Outcome(string? proof, SignInStep made) => (made.IsSignedIn, proof) switch
    {
        (true, _) => EventResponseType.Pass,
        (false, { }) => EventResponseType.InProgress,
        _ => null,
    };

    /// <summary>What became of the proof in a step that was refused: failed, where that is why; passed, where
    /// it is the risk.</summary>
    public static IReadOnlyList<AuthEventChallenge> Refused(
        string? proof, ApiException refusal, RiskFinding risk)
    {
        // Risks are weighed after the proof, but for where it comes from.
        if (risk.Response == RiskResponse.Block && refusal.Text != RiskRefusals.AddressBlocked().Text)
            return proof is null ? [] : [new(proof, ChallengeResponse.Success)];
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
