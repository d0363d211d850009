using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Jose;
using Lifeguard.Storage;

namespace Lifeguard.Operations;

/// <summary>
/// Admits the holder of an access token. The one gate of all operations that a signed-in user calls.
/// </summary>
public sealed class AccessTokens(
    TokenKeys keys, PoolStore pools, ClientStore clients, UserStore users, RevocationStore revocations,
    WaysIn ways, IssuerName issuer)
{
    private const int MaxPoolIdLength = 55;

    /// <summary>The user, once signature, life, revocation, scope and status hold; in this order.</summary>
    /// <param name="tellsMissingUser">Has the operation a word for a user who was deleted since?</param>
    /// <param name="scope">What the token must be good for: the operations, where nothing else is
    /// said.</param>
    /// <exception cref="ApiException">NotAuthorizedException with the reason, UserNotFoundException,
    /// PasswordResetRequiredException.</exception>
    public async Task<SignedInUser> Admit(
        string accessToken, Call call, bool tellsMissingUser = true, string scope = IssueTokens.AdminScope)
    {
        var (pool, claims) = await Verify(accessToken, call);
        if (claims.ExpiresAt <= call.Now) throw Reject.NotAuthorized("Access Token has expired");

        var client = await clients.Find(claims.ClientId, call.Cancelled);
        if (client is null || client.PoolId != pool.Id) throw Reject.InvalidAccessToken();
        if (!claims.Scopes.Contains(scope))
            throw Reject.NotAuthorized("Access Token does not have required scopes");

        var user = await users.FindBySub(pool.Id, claims.Sub, call.Cancelled)
            ?? throw (tellsMissingUser ? Reject.UserNotFound() : Reject.AccessTokenRevoked());
        if (await IsRevoked(pool, user, claims.Origin, call)) throw Reject.AccessTokenRevoked();
        SignInGate.AtToken(user, claims.Origin.EventId);
        return new(pool, client, user, claims.Origin) { Scopes = claims.Scopes };
    }

    private async Task<bool> IsRevoked(UserPool pool, User user, TokenOrigin origin, Call call) =>
        SignInGate.IsSignedOut(user, origin.BeganAt)
        || await revocations.IsRevoked(pool.Id, origin.Family, call.Cancelled)
        || !await ways.IsOpen(user, origin.EventId, call);

    private async Task<(UserPool Pool, AccessTokenClaims Claims)> Verify(string accessToken, Call call)
    {
        if (!Jws.TryRead(accessToken, out var token)) throw Reject.InvalidAccessToken();
        if (AccessTokenClaims.Read(token.Payload) is not { } claims) throw Reject.InvalidAccessToken();

        // The issuer only says where to look; it is believed once the signature has been verified.
        var poolId = claims.Issuer[(claims.Issuer.LastIndexOf('/') + 1)..];
        if (!IsPoolId(poolId)) throw Reject.InvalidAccessToken();
        var pool = await pools.Find(poolId, call.Cancelled);
        if (pool is null || !issuer.IsOf(pool, claims.Issuer)) throw Reject.InvalidAccessToken();

        var key = await keys.Find(pool.Id, token.Kid, TokenUse.Access, call.Cancelled);
        if (key is null || !key.With(rsa => Jws.Verify(rsa, token))) throw Reject.InvalidAccessToken();
        return (pool, claims);
    }

    /// <summary>Nothing else is looked up: the text is a stranger's, and not every database takes every
    /// character.</summary>
    private static bool IsPoolId(string text) =>
        text.Length is > 0 and <= MaxPoolIdLength
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}

/// <summary>The claims of an access token that decide whether its holder is admitted.</summary>
internal sealed record AccessTokenClaims(
    string Issuer,
    string Sub,
    string ClientId,
    string Scope,
    TokenOrigin Origin,
    DateTimeOffset ExpiresAt)
{
    public string? DeviceKey { get; init; }

    public IReadOnlyList<string> Scopes => Scope.Split(' ');

    /// <summary>The claims; null where it is no access token of ours, for example an ID token.</summary>
    public static AccessTokenClaims? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "token_use") != "access") return null;
            var (iss, sub, client) = (Text(root, "iss"), Text(root, "sub"), Text(root, "client_id"));
            // A token without it, or with one of another kind, belongs to no sign-in of a user.
            var eventId = Text(root, "event_id");
            if (iss is null || sub is null || client is null) return null;
            if (RandomSource.TimeOf(eventId) is null) return null;
            return new(
                iss,
                sub,
                client,
                Text(root, "scope") ?? "",
                new(eventId!, Text(root, "origin_jti"), Seconds(root, "auth_time"))
                {
                    DeviceKey = Text(root, "device_key"),
                    Methods = Texts(root, "amr"),
                },
                Seconds(root, "exp"));
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static DateTimeOffset Seconds(JsonElement root, string name) =>
        DateTimeOffset.FromUnixTimeSeconds(root.GetProperty(name).GetInt64());

    private static IReadOnlyList<string> Texts(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(each => each.GetString()!)]
            : [];

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
