using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>Which challenge an answer belongs to.</summary>
public sealed class Challenges(
    SrpSignIn srp, NewPasswordChallenge newPassword, CodeChallenge codes,
    SoftwareTokenChallenge softwareToken, SelectFactorChallenge select, FactorSetUpChallenge setUp)
{
    /// <summary>Judges the answer and takes the sign-in one step on.</summary>
    public Task<SignInStep> Answer(string challenge, SignInRequest request, Call call) => challenge switch
    {
        ChallengeNameType.PasswordVerifier => srp.Answer(request, call),
        ChallengeNameType.NewPasswordRequired => newPassword.Answer(request, call),
        ChallengeNameType.SmsMfa or ChallengeNameType.EmailOtp => codes.Answer(challenge, request, call),
        ChallengeNameType.SoftwareTokenMfa => softwareToken.Answer(request, call),
        ChallengeNameType.SelectMfaType => select.Answer(request, call),
        ChallengeNameType.MfaSetup => setUp.Answer(request, call),
        // A name of the enumeration that no client may answer (doc).
        ChallengeNameType.AdminNoSrpAuth => throw Reject.InvalidParameter("Challenge name not supported."),
        _ => throw AuthFlows.NotBuilt(challenge),
    };
}
