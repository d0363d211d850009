using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Sessions;

/// <summary>One place where a user is signed in: all tokens of one sign-in.</summary>
public sealed record UserSession
{
    private const string TokenPrefix = "tkn";
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 28;

    public required string PoolId { get; init; }

    public required string Sub { get; init; }

    /// <summary>As <see cref="IdOf"/> gives it.</summary>
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

    /// <summary>
    /// The id of the session of a sign-in: 28 lower-case letters and digits, <c>tkn</c> in front (doc). It
    /// follows from the sign-in's own id, so that every token of the sign-in tells its session.
    /// </summary>
    public static string IdOf(string eventId)
    {
        var number = new BigInteger(
            SHA256.HashData(Encoding.UTF8.GetBytes($"session\0{eventId}")), isUnsigned: true);
        var text = new StringBuilder(TokenPrefix, IdLength);
        while (text.Length < IdLength)
        {
            number = BigInteger.DivRem(number, Alphabet.Length, out var digit);
            text.Append(Alphabet[(int)digit]);
        }

        return text.ToString();
    }

    /// <summary>As the wire shows it. No data on places is at hand, which the service calls
    /// unknown too (doc).</summary>
    public SessionDescriptionType Describe(string? currentId) => new()
    {
        SessionId = Id,
        SessionType = SessionTypeType.Token,
        ClientId = ClientId,
        CreateDate = CreatedAt,
        LastActiveDate = ActiveAt,
        DeviceType = Device,
        LastIPAddress = Address,
        LastLocation = new() { Country = "unknown" },
        IsCurrentSession = Id == currentId,
    };

    /// <summary>Never prints its members, the address among them.</summary>
    public override string ToString() => $"UserSession {Id}";
}
