using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Risk;

namespace Lifeguard.Operations.Flows;

/// <summary>What a mail about a risk holds so that its reader can answer it: sealed, for one event of one
/// user, and good for a week.</summary>
public sealed class FeedbackTokens(Sealer sealer, LinkAddress address)
{
    /// <summary>The first part of the path; pool and answer follow.</summary>
    public const string Root = "_feedback";

    private const string Purpose = "feedback";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>The token and the two links.</summary>
    public FeedbackLinks Make(string poolId, string sub, string eventId, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("sub", sub);
            writer.WriteString("event", eventId);
            writer.WriteNumber("exp", (now + Lifetime).ToUnixTimeMilliseconds());
            writer.WriteEndObject();
        }

        var token = Base64Url.EncodeToString(sealer.Seal(Purpose, poolId, buffer.WrittenSpan));
        return new(token, Link("valid"), Link("invalid"));

        string Link(string answer) => $"{address.Origin}/{Root}/{poolId}/{answer}?token={token}";
    }

    /// <summary>Whose event it is about; null where the token is not ours, of another pool, or too
    /// old.</summary>
    public FeedbackSubject? Open(string poolId, string token, DateTimeOffset now)
    {
        if (!Base64Url.IsValid(token)) return null;
        if (sealer.Open(Purpose, poolId, Base64Url.DecodeFromChars(token)) is not { } content) return null;
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        return root.GetProperty("exp").GetInt64() > now.ToUnixTimeMilliseconds()
            ? new(root.GetProperty("sub").GetString()!, root.GetProperty("event").GetString()!)
            : null;
    }
}

/// <summary>An event that feedback is given on.</summary>
public sealed record FeedbackSubject(string Sub, string EventId);
