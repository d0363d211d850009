using System.Buffers;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Protocol.Jose;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Refresh tokens are sealed values (RFC 7516): nothing is stored
/// when one is issued, and clients can read nothing in it.
/// </summary>
public sealed class RefreshTokens(PoolKeyStore keys, RandomSource random)
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
            if (origin.DeviceKey is not null) writer.WriteString("device", origin.DeviceKey);
            writer.WriteNumber("auth", origin.SignedInAt.ToUnixTimeMilliseconds());
            writer.WriteNumber("exp", (now + client.RefreshTokenLifetime).ToUnixTimeMilliseconds());
            writer.WriteEndObject();
        }

        var key = keys.Active(client.PoolId);
        return JweCompact.Seal(key.Key, key.DataKeyId, random.Bytes(JweCompact.IvLength), buffer.WrittenSpan);
    }

    /// <summary>What is in a token; null where it was not issued for <paramref name="client"/>, by this
    /// deployment or by the one its pool came from.</summary>
    public async Task<RefreshToken?> Open(string token, AppClient client, CancellationToken cancellation)
    {
        if (JweCompact.KeyIdOf(token) is not { } keyId) return null;
        var payload = Open(token, keys.Own(client.PoolId, keyId))
            ?? Open(token, await keys.Brought(client.PoolId, keyId, cancellation));
        return payload is null ? null : Read(payload, client);
    }

    /// <summary>Which of the keys it was shows only by trying: a key id tells no deployments apart.</summary>
    private static byte[]? Open(string token, IReadOnlyList<byte[]> candidates)
    {
        foreach (var key in candidates)
            if (JweCompact.TryOpen(token, _ => key, out var payload)) return payload;
        return null;
    }

    private static RefreshToken? Read(byte[] payload, AppClient client)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        if (Text("kind") != Kind || Text("pool") != client.PoolId || Text("client") != client.Id) return null;
        return new(
            Text("sub")!,
            new(Text("event")!, Text("origin"), Instant("auth")) { DeviceKey = Text("device") },
            Instant("exp"));

        string? Text(string name) => root.TryGetProperty(name, out var member) ? member.GetString() : null;
        DateTimeOffset Instant(string name) =>
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty(name).GetInt64());
    }
}

/// <summary>The content of a refresh token.</summary>
public sealed record RefreshToken(string Sub, TokenOrigin Origin, DateTimeOffset ExpiresAt);
