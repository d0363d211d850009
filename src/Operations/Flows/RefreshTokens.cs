using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
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

    public string Issue(AppClient client, string sub, TokenOrigin origin, DateTimeOffset expiresAt)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kind);
            writer.WriteString("pool", client.PoolId);
            writer.WriteString("client", client.Id);
            writer.WriteString("sub", sub);
            writer.WriteString("event", origin.EventId);
            if (origin.OriginJti is not null) writer.WriteString("origin", origin.OriginJti);
            if (origin.DeviceKey is not null) writer.WriteString("device", origin.DeviceKey);
            if (origin.Methods.Count > 0)
            {
                writer.WriteStartArray("amr");
                foreach (var method in origin.Methods) writer.WriteStringValue(method);
                writer.WriteEndArray();
            }

            if (origin.Grant is { } grant) WriteGrant(writer, grant);
            writer.WriteNumber("auth", origin.SignedInAt.ToUnixTimeMilliseconds());
            writer.WriteNumber("exp", expiresAt.ToUnixTimeMilliseconds());
            writer.WriteEndObject();
        }

        var key = keys.Active(client.PoolId);
        return JweCompact.Seal(key.Key, key.DataKeyId, random.Bytes(JweCompact.IvLength), buffer.WrittenSpan);
    }

    /// <summary>What is in a token; null where it was not issued for this pool, by this deployment or by the
    /// one the pool came from.</summary>
    public async Task<RefreshToken?> Open(string token, string poolId, CancellationToken cancellation)
    {
        if (JweCompact.KeyIdOf(token) is not { } keyId) return null;
        var payload = Open(token, keys.Own(poolId, keyId))
            ?? Open(token, await keys.Brought(poolId, keyId, cancellation));
        return payload is null ? null : Read(token, payload, poolId);
    }

    /// <summary>As the other, and null where it was issued for another client.</summary>
    public async Task<RefreshToken?> Open(string token, AppClient client, CancellationToken cancellation) =>
        await Open(token, client.PoolId, cancellation) is { } opened && opened.ClientId == client.Id
            ? opened
            : null;

    /// <summary>Which of the keys it was shows only by trying: a key id tells no deployments apart.</summary>
    private static byte[]? Open(string token, IReadOnlyList<byte[]> candidates)
    {
        foreach (var key in candidates)
            if (JweCompact.TryOpen(token, _ => key, out var payload)) return payload;
        return null;
    }

    /// <summary>Each token is sealed with an IV of its own, and is not opened in any other spelling: so its
    /// digest names it.</summary>
    private static string IdOf(string token) =>
        "refresh/" + Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));

    private static void WriteGrant(Utf8JsonWriter writer, OAuthGrant grant)
    {
        writer.WriteString("scope", string.Join(' ', grant.Scopes));
        if (grant.Resource is { } resource) writer.WriteString("resource", resource);
    }

    private static RefreshToken? Read(string token, byte[] payload, string poolId)
    {
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        if (Text("kind") != Kind || Text("pool") != poolId) return null;
        return new(
            IdOf(token),
            Text("client")!,
            Text("sub")!,
            new(Text("event")!, Text("origin"), Instant("auth"))
            {
                DeviceKey = Text("device"),
                Methods = root.TryGetProperty("amr", out var methods)
                    ? [.. methods.EnumerateArray().Select(method => method.GetString()!)]
                    : [],
                Grant = Text("scope") is { } scopes
                    ? new(scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), Text("resource"))
                    : null,
            },
            Instant("exp"));

        string? Text(string name) => root.TryGetProperty(name, out var member) ? member.GetString() : null;
        DateTimeOffset Instant(string name) =>
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty(name).GetInt64());
    }
}

/// <summary>The content of a refresh token.</summary>
/// <param name="Id">Its own and no other's.</param>
public sealed record RefreshToken(
    string Id, string ClientId, string Sub, TokenOrigin Origin, DateTimeOffset ExpiresAt)
{
    /// <summary>Access and ID tokens live so long at most (doc), and the last ones may have been issued at
    /// the very end of the refresh token.</summary>
    private static readonly TimeSpan LongestAccess = TimeSpan.FromDays(1);

    /// <summary>From here on no token of the sign-in is good any more, so its revocation may be
    /// forgotten.</summary>
    public static DateTimeOffset LastOf(DateTimeOffset expiresAt) => expiresAt + LongestAccess;
}
