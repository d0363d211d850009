using System.Buffers;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Protocol.Jose;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Refresh tokens are sealed values (RFC 7516): nothing is stored
/// when one is issued, and clients can read nothing in it.
/// </summary>
public sealed class RefreshTokens(KeyRing ring, RandomSource random)
{
    /// <summary>Keeps a sealed value of another kind from passing as a refresh token.</summary>
    private const string Kind = "refresh";

    public string Issue(AppClient client, User user, TokenOrigin origin, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kind);
            writer.WriteString("pool", client.PoolId);
            writer.WriteString("client", client.Id);
            writer.WriteString("sub", user.Sub);
            writer.WriteString("event", origin.EventId);
            if (origin.OriginJti is not null) writer.WriteString("origin", origin.OriginJti);
            writer.WriteNumber("auth", origin.SignedInAt.ToUnixTimeMilliseconds());
            writer.WriteNumber("exp", (now + client.RefreshTokenLifetime).ToUnixTimeMilliseconds());
            writer.WriteEndObject();
        }

        var key = ring.Active;
        return JweCompact.Seal(key.Key, key.Id, random.Bytes(JweCompact.IvLength), buffer.WrittenSpan);
    }

    /// <summary>What is in a token; null where this deployment did not issue it for
    /// <paramref name="client"/>.</summary>
    public RefreshToken? Open(string token, AppClient client)
    {
        if (!JweCompact.TryOpen(token, id => ring.Find(id)?.Key, out var payload)) return null;
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        if (Text("kind") != Kind || Text("pool") != client.PoolId || Text("client") != client.Id) return null;
        return new(
            Text("sub")!,
            new(Text("event")!, Text("origin"), Instant("auth")),
            Instant("exp"));

        string? Text(string name) => root.TryGetProperty(name, out var member) ? member.GetString() : null;
        DateTimeOffset Instant(string name) =>
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty(name).GetInt64());
    }
}

/// <summary>The content of a refresh token.</summary>
public sealed record RefreshToken(string Sub, TokenOrigin Origin, DateTimeOffset ExpiresAt);
