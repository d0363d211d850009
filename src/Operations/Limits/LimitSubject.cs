using Lifeguard.Contract;
using Lifeguard.Domain.Limits;

namespace Lifeguard.Operations.Limits;

/// <summary>What a request is counted under. Nothing is looked up for it: users are counted by the names they
/// are called by, before it is known who that is.</summary>
internal static class LimitSubject
{
    /// <summary>The category of a request: the operation's, but for answers that set a password, which count
    /// with those that recover one (doc).</summary>
    public static string CategoryOf(OperationFacts facts, IShape request) => request switch
    {
        RespondToAuthChallengeRequest { ChallengeName: ChallengeNameType.NewPasswordRequired }
            or AdminRespondToAuthChallengeRequest { ChallengeName: ChallengeNameType.NewPasswordRequired } =>
            RateCategory.UserAccountRecovery,
        _ => facts.RateCategory,
    };

    /// <summary>Is it one of the two Respond operations?</summary>
    public static bool AnswersChallenge(OperationFacts facts) =>
        facts.Name is "RespondToAuthChallenge" or "AdminRespondToAuthChallenge";

    /// <summary>The pool that a request names, by id or ARN; null for none.</summary>
    public static string? PoolOf(IShape request) => request switch
    {
        IHasUserPoolId named => named.UserPoolId,
        TagResourceRequest tagged => tagged.ResourceArn,
        UntagResourceRequest tagged => tagged.ResourceArn,
        ListTagsForResourceRequest tagged => tagged.ResourceArn,
        _ => null,
    };

    /// <summary>The user that a request names, and the pool or app client where the name means somebody; null
    /// for nobody.</summary>
    public static (string Place, string Name)? OfUser(IShape request)
    {
        var name = request switch
        {
            InitiateAuthRequest begun => Username(begun.AuthParameters),
            AdminInitiateAuthRequest begun => Username(begun.AuthParameters),
            RespondToAuthChallengeRequest answered => Username(answered.ChallengeResponses),
            AdminRespondToAuthChallengeRequest answered => Username(answered.ChallengeResponses),
            IHasUsername named => named.Username,
            _ => null,
        };
        var place = request switch
        {
            IHasUserPoolId inPool => inPool.UserPoolId,
            IHasClientId byClient => byClient.ClientId,
            _ => null,
        };
        return name is null || place is null ? null : (place, name);
    }

    private static string? Username(IReadOnlyDictionary<string, string>? parameters) =>
        parameters?.GetValueOrDefault("USERNAME");
}
