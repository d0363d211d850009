using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>One step of a sign-in, whichever of the four operations it came by.</summary>
/// <param name="Parameters">AuthParameters or ChallengeResponses.</param>
/// <param name="Session">The session sent along; null for none.</param>
public sealed record SignInRequest(
    UserPool Pool,
    AppClient Client,
    IReadOnlyDictionary<string, string>? Parameters,
    string? Session)
{
    /// <summary>ClientMetadata of a call that begins a sign-in: for PreAuthentication and UserMigration alone
    /// (doc).</summary>
    public IReadOnlyDictionary<string, string>? ValidationData { get; init; }

    /// <summary>ClientMetadata of an answer to a challenge: for every trigger that the answer leads to
    /// (doc).</summary>
    public IReadOnlyDictionary<string, string>? ClientMetadata { get; init; }

    /// <summary>The levels of authentication to go for, the one wanted most first; empty for any.</summary>
    public IReadOnlyList<int> AskedLevels { get; init; } = [];

    /// <summary>It comes from the pages of a domain, which sign people in without tokens.</summary>
    public bool IsOnPages { get; init; }

    /// <summary>Never prints its members: they hold passwords.</summary>
    public override string ToString() => nameof(SignInRequest);

    public string? Optional(string name) =>
        Parameters?.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <exception cref="ApiException">InvalidParameterException: it is missing.</exception>
    public string Required(string name) =>
        Optional(name) ?? throw Reject.InvalidParameter($"Missing required parameter {name}");
}

/// <summary>Where a step of a sign-in led: to tokens, to a browser signed in, or to a challenge.</summary>
public sealed record SignInStep
{
    private SignInStep()
    {
    }

    /// <summary>The challenge to be answered next; null where there are tokens.</summary>
    public string? Challenge { get; private init; }

    /// <summary>What the client needs for the answer; empty where there are tokens.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; private init; } =
        new Dictionary<string, string>();

    /// <summary>Null where there are tokens, and where the parameters hold all the state
    /// (PASSWORD_VERIFIER).</summary>
    public string? Session { get; private init; }

    /// <summary>The challenges a user may choose from; null where there is no choice.</summary>
    public IReadOnlyList<string>? Available { get; init; }

    /// <summary>Null where there is a challenge, and on pages.</summary>
    public AuthenticationResultType? Tokens { get; private init; }

    /// <summary>How the user has signed in on pages; null in any other case.</summary>
    public BrowserSignIn? Arrival { get; private init; }

    /// <summary>Nothing more is asked.</summary>
    public bool IsSignedIn => Challenge is null;

    public static SignInStep SignedIn(AuthenticationResultType tokens) => new() { Tokens = tokens };

    public static SignInStep Arrived(User user, SignInProgress progress, DateTimeOffset now) => new()
    {
        Arrival = new(user.PoolId, user.Sub, progress.EventId, now, progress.Methods, Provider: null),
    };

    public static SignInStep Challenged(
        string challenge, IReadOnlyDictionary<string, string> parameters, string? session) =>
        new() { Challenge = challenge, Parameters = parameters, Session = session };

    /// <summary>Never prints its members: they hold tokens.</summary>
    public override string ToString() => nameof(SignInStep);
}
