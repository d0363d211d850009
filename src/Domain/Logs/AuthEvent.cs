using Lifeguard.Contract;
using Lifeguard.Domain.Risk;

namespace Lifeguard.Domain.Logs;

/// <summary>Something that a user has done, or somebody in the user's name: a sign-in, a registration, a
/// change of the password.</summary>
public sealed record AuthEvent
{
    /// <summary>A UUID; that of a sign-in is the <c>event_id</c> of its tokens.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="EventType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>One of <see cref="EventResponseType"/>.</summary>
    public required string Response { get; init; }

    public required string PoolId { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null where it concerns nobody, such as a name that no user has.</summary>
    public required AuthEventUser? User { get; init; }

    /// <summary>What was proved in this step, or failed to be.</summary>
    public IReadOnlyList<AuthEventChallenge> Challenges { get; init; } = [];

    /// <summary>Why it failed; the error's code, and its text where that is ours. Null where it did
    /// not.</summary>
    public string? Reason { get; init; }

    /// <summary>The identity provider through which somebody signed in; null for none.</summary>
    public string? Provider { get; init; }

    public required string IpAddress { get; init; }

    /// <summary>As <see cref="DeviceName"/> words it.</summary>
    public required string DeviceName { get; init; }

    /// <summary>The caller has described the user's device, and may do so.</summary>
    public bool HasContextData { get; init; }

    /// <summary>As <see cref="Risk.DeviceMark"/> gives it.</summary>
    public required string DeviceMark { get; init; }

    /// <summary>The remembered device that the client says it runs on; null for none.</summary>
    public string? DeviceKey { get; init; }

    /// <summary>Where the address is; null where that is not known.</summary>
    public string? City { get; init; }

    /// <summary>As the city.</summary>
    public string? Country { get; init; }

    /// <summary>How risky it was, and what was done about it.</summary>
    public RiskFinding Risk { get; init; } = RiskFinding.None;

    public required string RequestId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Whom an event concerns.</summary>
public sealed record AuthEventUser(string Sub, string Username);

/// <summary>One proof.</summary>
/// <param name="Name">One of <see cref="ChallengeName"/>.</param>
/// <param name="Response">One of <see cref="ChallengeResponse"/>.</param>
public sealed record AuthEventChallenge(string Name, string Response);
