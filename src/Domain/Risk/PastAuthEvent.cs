using Lifeguard.Contract;
using Lifeguard.Domain.Logs;

namespace Lifeguard.Domain.Risk;

/// <summary>An event as it is remembered.</summary>
public sealed record PastAuthEvent
{
    public required string Id { get; init; }

    /// <summary>One of <see cref="EventType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>One of <see cref="EventResponseType"/>.</summary>
    public required string Response { get; init; }

    /// <summary>One of <see cref="RiskDecisionType"/>.</summary>
    public required string Decision { get; init; }

    /// <summary>One of <see cref="RiskLevelType"/>; null for no risk.</summary>
    public string? Level { get; init; }

    public bool IsCompromised { get; init; }

    public IReadOnlyList<AuthEventChallenge> Challenges { get; init; } = [];

    public required string IpAddress { get; init; }

    public required string DeviceName { get; init; }

    public required string DeviceMark { get; init; }

    public string? DeviceKey { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    /// <summary>Null where nobody has said anything.</summary>
    public AuthEventFeedback? Feedback { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What later sign-ins are compared with.</summary>
    public SignInSight Sight => new(IpAddress, DeviceMark, DeviceKey, At, Feedback?.Value);

    /// <summary>The event as answers show it.</summary>
    public AuthEventType Describe() => new()
    {
        EventId = Id,
        EventType = Type,
        CreationDate = At,
        EventResponse = Response,
        EventRisk = new()
        {
            RiskDecision = Decision,
            RiskLevel = Level,
            CompromisedCredentialsDetected = IsCompromised,
        },
        ChallengeResponses = [.. Challenges.Select(one => new ChallengeResponseType
        {
            ChallengeName = one.Name,
            ChallengeResponse = one.Response,
        })],
        EventContextData = new()
        {
            IpAddress = IpAddress,
            DeviceName = DeviceName,
            City = City,
            Country = Country,
        },
        EventFeedback = Feedback is null ? null : new()
        {
            FeedbackValue = Feedback.Value,
            Provider = Feedback.Provider,
            FeedbackDate = Feedback.At,
        },
    };
}

/// <summary>What somebody said about an event afterwards.</summary>
/// <param name="Value">One of <see cref="FeedbackValueType"/>.</param>
/// <param name="Provider"><c>Admin</c> or <c>User</c>.</param>
public sealed record AuthEventFeedback(string Value, string Provider, DateTimeOffset At)
{
    /// <summary>An administrator (doc: example).</summary>
    public const string ByAdministrator = "Admin";

    /// <summary>The user, by the token of a mail (inferred).</summary>
    public const string ByUser = "User";
}
