using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>SELECT_MFA_TYPE: the user chooses among the second factors that are switched on.</summary>
public sealed class SelectFactorChallenge(
    OpenChallenge open, FindUserFactors find, PoseChallenge pose, CompleteSignIn complete)
{
    private const string Parameter = "ANSWER";

    /// <summary>The other name of EMAIL_OTP: the documentation has it, clients send either.</summary>
    private const string EmailMfa = "EMAIL_MFA";

    public async Task<SignInStep> Answer(SignInRequest request, Call call)
    {
        var (session, user) = await open.Open(request, ChallengeNameType.SelectMfaType, call, Parameter);
        var answer = request.Required(Parameter);
        var factor = answer == EmailMfa ? ChallengeNameType.EmailOtp : answer;
        // The words are our own.
        if (!UserFactors.InOrder.Contains(factor))
            throw Reject.InvalidParameter("Invalid MFA type selected.");
        var factors = await find.Of(request.Pool, user, call);
        if (!factors.Asked(request.Pool, user, session.Progress).Contains(factor))
            throw Reject.NoSecondFactor();

        var posed = await pose.Factor(
            request, user, session.Progress, factor, factors.SoftwareToken, call);
        return await complete.Commit(posed, transaction => open.Spend(transaction, session, call), call);
    }
}
