using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>What a session holds between two steps of a sign-in.</summary>
/// <param name="Id">Noted as spent when the challenge is passed.</param>
/// <param name="PasswordSetAt">Which password the sign-in began with; null for a user without one.</param>
/// <param name="Pending">What the challenge needs to judge its answer.</param>
public sealed record ChallengeSession(
    string Id,
    string PoolId,
    string ClientId,
    string Sub,
    DateTimeOffset? PasswordSetAt,
    DateTimeOffset ExpiresAt,
    SignInProgress Progress,
    PendingChallenge Pending)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => $"ChallengeSession {Id}";
}

/// <summary>The challenge that a session waits for.</summary>
/// <param name="Name">As <c>ChallengeName</c> has it.</param>
public sealed record PendingChallenge(string Name)
{
    /// <summary>Keyed hash of the code that was sent; null where none was.</summary>
    public byte[]? CodeHash { get; init; }

    /// <summary>An address or number that is set up as second factor with the code; null where the code went
    /// to the user's own.</summary>
    public CodeDestination? NewContact { get; init; }

    /// <summary>The user has set up an authenticator in this sign-in, which only has to go on.</summary>
    public bool HasNewSoftwareToken { get; init; }

    /// <summary>What a passkey has to sign; null where none was asked for.</summary>
    public byte[]? PasskeyChallenge { get; init; }

    /// <summary>What the create trigger wants to see again when the answer is judged; null for
    /// nothing.</summary>
    public IReadOnlyDictionary<string, string>? PrivateParameters { get; init; }

    /// <summary>What the create trigger calls the challenge; null for nothing.</summary>
    public string? Metadata { get; init; }

    /// <summary>Never prints its members.</summary>
    public override string ToString() => $"PendingChallenge {Name}";
}
