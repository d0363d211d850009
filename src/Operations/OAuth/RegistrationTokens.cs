using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Jose;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>Admits who may register apps: the holder of an access token of the pool with the scope for it, a
/// client's own or a user's.</summary>
public sealed class RegistrationTokens(
    TokenKeys keys, AccessTokens users, ClientStore clients, IssuerName issuer)
{
    /// <summary>Returns where the token is good.</summary>
    /// <exception cref="OAuthException">invalid_token, insufficient_scope.</exception>
    public async Task Admit(UserPool pool, string text, Call call)
    {
        using var claims = await Verified(pool, text, call) ?? throw Invalid();
        if (Text(claims, "scope")?.Split(' ').Contains(PoolOffer.RegistrationScope) != true)
            throw OAuthRefusals.InsufficientScope();
        // A user's token may have been revoked meanwhile; a client's own lives as long as its client.
        var isGood = Text(claims, "event_id") is null
            ? await IsOfClient(pool, claims, call)
            : await IsOfUser(text, call);
        if (!isGood) throw Invalid();
    }

    private async Task<JsonDocument?> Verified(UserPool pool, string text, Call call)
    {
        if (!Jws.TryRead(text, out var token)) return null;
        if (await keys.Find(pool.Id, token.Kid, TokenUse.Access, call.Cancelled) is not { } key) return null;
        return key.With(rsa => Jws.Verify(rsa, token)) ? JsonDocument.Parse(token.Payload) : null;
    }

    private async Task<bool> IsOfClient(UserPool pool, JsonDocument claims, Call call)
    {
        if (Text(claims, "token_use") != "access") return false;
        if (!issuer.IsOf(pool, Text(claims, "iss") ?? "")) return false;
        if (!claims.RootElement.TryGetProperty("exp", out var end) || !end.TryGetInt64(out var seconds)
            || seconds <= call.Now.ToUnixTimeSeconds())
        {
            return false;
        }

        var client = await clients.Find(Text(claims, "client_id") ?? "", call.Cancelled);
        return client?.PoolId == pool.Id;
    }

    private async Task<bool> IsOfUser(string text, Call call)
    {
        try
        {
            await users.Admit(text, call, scope: PoolOffer.RegistrationScope);
            return true;
        }
        catch (ApiException)
        {
            return false;
        }
    }

    private static OAuthException Invalid() => OAuthRefusals.ByStandard(OAuthRefusals.InvalidToken());

    private static string? Text(JsonDocument claims, string name) =>
        claims.RootElement.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String
            ? claim.GetString()
            : null;
}
