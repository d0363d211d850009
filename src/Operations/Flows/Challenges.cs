using System.Diagnostics;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Replicas;

namespace Lifeguard.Operations.Flows;

/// <summary>Which challenge an answer belongs to.</summary>
public sealed class Challenges(
    SrpSignIn srp, NewPasswordChallenge newPassword, CodeChallenge codes,
    SoftwareTokenChallenge softwareToken, SelectFactorChallenge select, FactorSetUpChallenge setUp,
    OpenFirstFactor open, FirstFactorChallenges first, FirstFactorCode firstCode, PasskeyChallenge passkey,
    CustomChallenge custom, DeviceChallenge device, WeighSignIn risks, AuthEvents events)
{
    /// <summary>Judges the answer and takes the sign-in one step on.</summary>
    public Task<SignInStep> Answer(string challenge, SignInRequest request, Call call) =>
        events.SignIn(challenge, request, call, () => Judge(challenge, request, call));

    private async Task<SignInStep> Judge(string challenge, SignInRequest request, Call call)
    {
        request = request with { Pool = call.Seen(request.Pool) };
        await risks.MustComeFromElsewhere(request, call);
        return await ChallengeOf(challenge, request, call);
    }

    private Task<SignInStep> ChallengeOf(string challenge, SignInRequest request, Call call) =>
        challenge switch
        {
            ChallengeNameType.PasswordVerifier => srp.Answer(request, call),
            ChallengeNameType.NewPasswordRequired => NewPassword(request, call),
            ChallengeNameType.SelectChallenge => first.Select(request, call),
            ChallengeNameType.Password => first.Password(request, call),
            ChallengeNameType.PasswordSrp => first.Srp(request, call),
            ChallengeNameType.WebAuthn => passkey.Answer(request, call),
            ChallengeNameType.SmsOtp => firstCode.Answer(challenge, request, call),
            ChallengeNameType.EmailOtp when open.IsFirst(request) =>
                firstCode.Answer(challenge, request, call),
            ChallengeNameType.SmsMfa or ChallengeNameType.EmailOtp => codes.Answer(challenge, request, call),
            ChallengeNameType.SoftwareTokenMfa => softwareToken.Answer(request, call),
            ChallengeNameType.SelectMfaType => select.Answer(request, call),
            ChallengeNameType.MfaSetup => SetUp(request, call),
            ChallengeNameType.CustomChallenge => custom.Answer(request, call),
            ChallengeNameType.DeviceSrpAuth => device.AnswerSrp(request, call),
            ChallengeNameType.DevicePasswordVerifier => device.AnswerProof(request, call),
            // A name of the enumeration that no client may answer (doc).
            ChallengeNameType.AdminNoSrpAuth =>
                throw Reject.InvalidParameter("Challenge name not supported."),
            _ => throw new UnreachableException($"The contract knows {challenge}, and nothing here does."),
        };

    /// <summary>Replicas let nobody change a password (doc).</summary>
    private Task<SignInStep> NewPassword(SignInRequest request, Call call) => call.Replica is { } replica
        ? throw ReplicaRefusals.NotEnabled(ChallengeNameType.NewPasswordRequired, replica.Region)
        : newPassword.Answer(request, call);

    /// <summary>Nor set up a factor, which is a change to the user.</summary>
    private Task<SignInStep> SetUp(SignInRequest request, Call call) => call.Replica is { } replica
        ? throw ReplicaRefusals.NotEnabled(ChallengeNameType.MfaSetup, replica.Region)
        : setUp.Answer(request, call);
}
