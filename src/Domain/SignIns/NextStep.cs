namespace Lifeguard.Domain.SignIns;

/// <summary>What a sign-in has to do next.</summary>
public abstract record NextStep
{
    private NextStep()
    {
    }

    /// <summary>The temporary password has to be replaced.</summary>
    public sealed record ReplacePassword : NextStep;

    /// <summary>The remembered device has to be proved.</summary>
    public sealed record ProveDevice : NextStep;

    /// <summary>This second factor has to be answered.</summary>
    public sealed record AnswerFactor(string Factor) : NextStep;

    /// <summary>One of these second factors has to be chosen.</summary>
    public sealed record ChooseFactor(IReadOnlyList<string> Factors) : NextStep;

    /// <summary>One of these second factors has to be set up; none, where the pool lacks any.</summary>
    public sealed record SetUpFactor(IReadOnlyList<string> Factors) : NextStep;

    /// <summary>The user has chosen second factors, and nothing is left to ask for them with.</summary>
    public sealed record NoFactorLeft : NextStep;

    /// <summary>Nothing stands in the way of tokens.</summary>
    public sealed record IssueTokens : NextStep;
}
