using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Jose;

namespace Lifeguard.Operations.OAuth;

/// <summary>Reads ID tokens that come back as hints: of whom they are and for whom, however old.</summary>
public sealed class IdTokenHints(TokenKeys keys, IssuerName issuer)
{
    /// <summary>The hint; null for what is no ID token of this pool.</summary>
    public async Task<IdTokenHint?> Read(UserPool pool, string idToken, Call call)
    {
        if (!Jws.TryRead(idToken, out var token)) return null;
        if (await keys.Find(pool.Id, token.Kid, TokenUse.Id, call.Cancelled) is not { } key) return null;
        if (!key.With(rsa => Jws.Verify(rsa, token))) return null;
        using var claims = JsonDocument.Parse(token.Payload);
        var (sub, audience) = (Text("sub"), Text("aud"));
        var isOwn = Text("token_use") == "id" && issuer.IsOf(pool, Text("iss") ?? "");
        return isOwn && sub is not null && audience is not null ? new(sub, audience) : null;

        string? Text(string name) =>
            claims.RootElement.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String
                ? claim.GetString()
                : null;
    }
}

/// <summary>What an ID token hints at.</summary>
public sealed record IdTokenHint(string Sub, string ClientId);
