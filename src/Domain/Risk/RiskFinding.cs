using Lifeguard.Contract;

namespace Lifeguard.Domain.Risk;

/// <summary>What was found out about the risk of a call, and what is done about it.</summary>
public sealed record RiskFinding
{
    /// <summary>Nothing was found, or nothing was looked for.</summary>
    public static readonly RiskFinding None = new();

    /// <summary>One of <see cref="RiskLevelType"/>; null for no risk.</summary>
    public string? Level { get; init; }

    /// <summary>The password is known to be in circulation.</summary>
    public bool IsCompromised { get; init; }

    /// <summary>What is done.</summary>
    public RiskResponse Response { get; init; } = RiskResponse.Nothing;

    /// <summary>The user is written to.</summary>
    public bool Notifies { get; init; }

    /// <summary>One of <see cref="RiskDecisionType"/>. That somebody looks only, and does nothing about it,
    /// is part of the configuration, not of the decision (inferred).</summary>
    public string Decision => (Response, Level) switch
    {
        (RiskResponse.Block, _) => RiskDecisionType.Block,
        (_, null) => RiskDecisionType.NoRisk,
        _ => RiskDecisionType.AccountTakeover,
    };

    /// <summary>A sign-in of this risk under this configuration (doc: actions).</summary>
    /// <param name="level">Null for no risk.</param>
    /// <param name="isEnforced">False where it is only looked at.</param>
    /// <param name="canAskFactor">There is a second factor that the user could be asked for.</param>
    public static RiskFinding Of(
        RiskConfiguration configuration, string? level, bool isEnforced, bool canAskFactor)
    {
        var found = new RiskFinding { Level = level };
        if (level is null || !isEnforced || configuration.ActionAt(level) is not { } action) return found;
        return found with { Response = ResponseOf(action, canAskFactor), Notifies = action.Notify == true };
    }

    private static RiskResponse ResponseOf(AccountTakeoverActionType action, bool canAskFactor) =>
        (action.EventAction, canAskFactor) switch
        {
            (AccountTakeoverEventActionType.Block, _) => RiskResponse.Block,
            (AccountTakeoverEventActionType.MfaRequired, false) => RiskResponse.Block,
            (AccountTakeoverEventActionType.MfaRequired, true) => RiskResponse.AskFactor,
            (AccountTakeoverEventActionType.MfaIfConfigured, true) => RiskResponse.AskFactor,
            _ => RiskResponse.Nothing,
        };
}

/// <summary>What a risk leads to.</summary>
public enum RiskResponse
{
    /// <summary>It goes on.</summary>
    Nothing,

    /// <summary>It goes on with a second factor.</summary>
    AskFactor,

    /// <summary>It is refused.</summary>
    Block,
}
