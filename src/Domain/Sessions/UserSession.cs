using Lifeguard.Contract;

namespace Lifeguard.Domain.Sessions;

/// <summary>One place where a user is signed in: all tokens of one sign-in.</summary>
public sealed record UserSession
{
    public required string PoolId { get; init; }

    public required string Sub { get; init; }

    /// <summary>As <see cref="SessionId.OfTokens"/> gives it.</summary>
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary>What is revoked to end it.</summary>
    public required string Family { get; init; }

    /// <summary>In the words of <see cref="Logs.DeviceName.OfSession"/>; of the last activity.</summary>
    public required string Device { get; init; }

    /// <summary>Of the last activity.</summary>
    public required string Address { get; init; }

    /// <summary>When the sign-in began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When tokens were issued last.</summary>
    public required DateTimeOffset ActiveAt { get; init; }

    /// <summary>When the refresh token ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The id of the browser's session that the tokens came through; null where they came through
    /// the API.</summary>
    public string? OriginSessionId { get; init; }

    /// <summary>As the wire shows it.</summary>
    /// <param name="currentId">The session that asks; null for an administrator.</param>
    public SessionDescriptionType Describe(string? currentId) => new()
    {
        SessionId = Id,
        SessionType = SessionTypeType.Token,
        ClientId = ClientId,
        CreateDate = CreatedAt,
        LastActiveDate = ActiveAt,
        DeviceType = Device,
        LastIPAddress = Address,
        LastLocation = SessionRules.UnknownPlace,
        OriginSessionId = OriginSessionId,
        IsCurrentSession = Id == currentId,
    };

    /// <summary>Never prints its members, the address among them.</summary>
    public override string ToString() => $"UserSession {Id}";
}
