using Lifeguard.Contract;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>One step of a sign-in, whichever of the four operations it came by.</summary>
/// <param name="Parameters">AuthParameters or ChallengeResponses.</param>
/// <param name="Session">The session sent along; null for none.</param>
public sealed record SignInRequest(
    UserPool Pool,
    AppClient Client,
    IReadOnlyDictionary<string, string> Parameters,
    string? Session,
    IReadOnlyDictionary<string, string>? ClientMetadata)
{
    /// <summary>Never prints its members: they hold passwords.</summary>
    public override string ToString() => nameof(SignInRequest);

    public string? Optional(string name) => Parameters.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <exception cref="ApiException">InvalidParameterException: it is missing.</exception>
    public string Required(string name) =>
        Optional(name) ?? throw Reject.InvalidParameter($"Missing required parameter {name}");
}

/// <summary>Where a step of a sign-in led: to tokens, or to a challenge.</summary>
public abstract record SignInStep
{
    private SignInStep() { }

    public sealed record SignedIn(AuthenticationResultType Tokens) : SignInStep;

    /// <param name="Session">Null where the parameters hold all the state (PASSWORD_VERIFIER).</param>
    public sealed record Challenged(
        string Name, IReadOnlyDictionary<string, string> Parameters, string? Session) : SignInStep;
}
