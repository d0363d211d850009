using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Groups;
using Lifeguard.Domain.OAuth;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.SignIns;
using Lifeguard.Domain.Tokens;
using Lifeguard.Operations.Triggers;
using Lifeguard.Protocol.Jose;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Signs the ID and access tokens of a sign-in, and seals its refresh token.</summary>
public sealed class IssueTokens(
    TokenKeys keys, RefreshTokens refreshTokens, GroupStore groups, TokenTriggers triggers, IssuerName issuer,
    UserAfterTrigger after, RandomSource random, AuthorizationRules rules)
{
    /// <summary>The scope of every token that the API (not the OAuth endpoints) issues (doc).</summary>
    public const string AdminScope = "aws.cognito.signin.user.admin";

    /// <summary>A token is sent along with every call; one with more claims than this could not be.</summary>
    private const int MaxClaimBytes = 256 * 1024;

    private static readonly IReadOnlyList<string> ScopesOfUsers = [AdminScope];

    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What the tokens of a sign-in will share.</summary>
    /// <param name="progress">With the device that the tokens are bound to; without one where the pool tracks
    /// none.</param>
    public TokenOrigin Origin(UserPool pool, AppClient client, SignInProgress progress, Call call) =>
        new(progress.EventId, client.RevokesTokens ? random.Id() : null, call.Now)
        {
            DeviceKey = progress.DeviceKey,
            Methods = AcrRules.IsTold(pool, progress.AskedLevels) ? progress.Methods : [],
        };

    /// <summary>As the other, of a sign-in on the pages of a domain.</summary>
    /// <param name="methods">What the user has proved, as tokens are to tell it; empty where they do
    /// not.</param>
    public TokenOrigin Origin(
        AppClient client, string eventId, DateTimeOffset signedInAt, IReadOnlyList<string> methods,
        OAuthGrant grant) =>
        new(eventId, client.RevokesTokens ? random.Id() : null, signedInAt)
        {
            Methods = methods,
            Grant = grant,
        };

    /// <summary>The tokens of a sign-in that has passed everything.</summary>
    /// <returns>The tokens, and what they share by now: the trigger may have ended what there was.</returns>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public Task<(AuthenticationResultType Tokens, TokenOrigin Origin)> ForSignIn(
        SignInRequest request, User user, TokenOrigin origin, TokenOccasion occasion, Call call) =>
        ForCode(request.Pool, request.Client, user, origin, occasion, nonce: null, call);

    /// <summary>The tokens of the implicit grant, which an app gets straight in its address: none to refresh
    /// them with (RFC 6749 §4.2.2).</summary>
    /// <param name="nonce">Of the authorization request; null for none.</param>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<(AuthenticationResultType Tokens, TokenOrigin Origin)> Implicit(
        UserPool pool, AppClient client, User user, TokenOrigin origin, TokenOccasion occasion, string? nonce,
        Call call)
    {
        var memberships = await Memberships(user, call);
        return await Sign(occasion, pool, client, user, memberships, origin, call, nonce);
    }

    /// <summary>The same with a refresh token, for an authorization code.</summary>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<(AuthenticationResultType Tokens, TokenOrigin Origin)> ForCode(
        UserPool pool, AppClient client, User user, TokenOrigin origin, TokenOccasion occasion, string? nonce,
        Call call)
    {
        var memberships = await Memberships(user, call);
        var (tokens, since) = await Sign(
            occasion, pool, client, user, memberships, origin, call, nonce);
        var end = call.Now + client.RefreshTokenLifetime;
        return (tokens with { RefreshToken = refreshTokens.Issue(client, user.Sub, since, end) }, since);
    }

    /// <summary>New ID and access tokens of an earlier sign-in: same origin, fresh attributes and groups
    /// (doc). With a refresh token in place of the one that was used, where the client rotates them; it ends
    /// when that one would have ended (doc).</summary>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<AuthenticationResultType> ForRefresh(
        UserPool pool, AppClient client, TokenHolder holder, RefreshToken used, TokenOccasion occasion,
        Call call)
    {
        var user = holder.User;
        var memberships = holder.HasGroups ? await Memberships(user, call) : GroupClaims.None;
        var (tokens, _) = await Sign(occasion, pool, client, user, memberships, used.Origin, call);
        if (!client.RotatesRefreshTokens) return tokens;
        var next = refreshTokens.Issue(client, user.Sub, used.Origin, used.ExpiresAt);
        return tokens with { RefreshToken = next };
    }

    /// <summary>An access token of a client itself: it stands in the user's place, and nothing in the token
    /// tells of a sign-in (doc).</summary>
    /// <exception cref="ApiException">One of the three trigger errors.</exception>
    public async Task<ClientAuthenticationResultType> ForClient(
        UserPool pool, AppClient client, IReadOnlyList<string> granted,
        IReadOnlyDictionary<string, string>? clientMetadata, Call call)
    {
        var changes = await triggers.BeforeClientToken(pool, client, granted, clientMetadata, call);
        var scopes = changes.Scopes(granted);
        var key = await keys.Active(pool.Id, TokenUse.Access, call.Now, call.Cancelled);
        var now = call.Now.ToUnixTimeSeconds();
        return new()
        {
            AccessToken = Jws(key, changes.Access, writer =>
            {
                writer.WriteString("sub", client.Id);
                writer.WriteString("client_id", client.Id);
                writer.WriteString("token_use", "access");
                if (scopes.Count > 0) writer.WriteString("scope", string.Join(' ', scopes));
                writer.WriteString("iss", issuer.Of(pool));
                writer.WriteNumber("version", 2);
                writer.WriteString("jti", random.Id());
                writer.WriteNumber("auth_time", now);
                writer.WriteNumber("iat", now);
                writer.WriteNumber("exp", (call.Now + client.AccessTokenLifetime).ToUnixTimeSeconds());
            }),
            ExpiresIn = (int)client.AccessTokenLifetime.TotalSeconds,
            TokenType = "Bearer",
        };
    }

    /// <summary>All tokens with claims are made here, those of sign-ins and those of refreshes.</summary>
    /// <returns>The tokens, and what they share by now.</returns>
    private async Task<(AuthenticationResultType Tokens, TokenOrigin Origin)> Sign(
        TokenOccasion occasion, UserPool pool, AppClient client, User user, GroupClaims memberships,
        TokenOrigin origin, Call call, string? nonce = null)
    {
        var granted = origin.Grant?.Scopes ?? ScopesOfUsers;
        var changes = await triggers.BeforeTokens(
            occasion, pool, client, user, memberships, granted, call);
        if (TokenTriggers.Has(pool))
        {
            var before = user;
            user = await after.OfTokens(before, origin, call);
            // What a refresh goes on with has ended with the sign-out.
            if (occasion.Source != TokenSource.RefreshTokens) origin = after.Since(before, user, origin);
        }

        // After the trigger, which may take seconds: a key may have been withdrawn meanwhile.
        var idKey = await keys.Active(pool.Id, TokenUse.Id, call.Now, call.Cancelled);
        var accessKey = await keys.Active(pool.Id, TokenUse.Access, call.Now, call.Cancelled);
        var acr = origin.Methods.Count > 0
            ? AcrRules.NameOf(pool.Settings.AcrConfiguration, origin.Methods)
            : null;
        var common = new CommonClaims(
            issuer.Of(pool), user, client, changes.Groups ?? memberships, origin, acr, call.Now);
        var scopes = changes.Scopes(granted);
        var access = Jws(accessKey, changes.Access, writer => WriteAccessClaims(writer, common, scopes));
        var tokens = new AuthenticationResultType
        {
            IdToken = origin.Grant is null || granted.Contains(ScopeClaims.OpenId)
                ? Jws(idKey, changes.Id, writer => WriteIdClaims(writer, common, access, nonce))
                : null,
            AccessToken = access,
            ExpiresIn = (int)client.AccessTokenLifetime.TotalSeconds,
            TokenType = "Bearer",
        };
        return (tokens, origin);
    }

    private async Task<GroupClaims> Memberships(User user, Call call) =>
        GroupClaims.Of(await groups.OfUser(user.PoolId, user.Sub, call.Cancelled));

    private void WriteIdClaims(
        Utf8JsonWriter writer, CommonClaims common, string accessToken, string? nonce)
    {
        var (user, client, grant) = (common.User, common.Client, common.Origin.Grant);
        writer.WriteString("sub", user.Sub);
        foreach (var (name, value) in user.Attributes)
        {
            if (client.MayRead(name) && (grant is null || ScopeClaims.Shows(grant.Scopes, name)))
                UserClaims.Write(writer, name, value, rules.IsStrict);
        }

        if (grant is not null) writer.WriteString("at_hash", AccessTokenHash.Of(accessToken));
        if (nonce is not null) writer.WriteString("nonce", nonce);

        writer.WriteString("cognito:username", user.Username);
        WriteTexts(writer, "cognito:groups", common.Groups.Names);
        WriteTexts(writer, "cognito:roles", common.Groups.Roles);
        if (common.Groups.PreferredRole is { } role) writer.WriteString("cognito:preferred_role", role);
        writer.WriteString("aud", client.Id);
        WriteCommon(writer, common, "id", client.IdTokenLifetime);
    }

    private void WriteAccessClaims(
        Utf8JsonWriter writer, CommonClaims common, IReadOnlyList<string> scopes)
    {
        writer.WriteString("sub", common.User.Sub);
        writer.WriteString("client_id", common.Client.Id);
        if (common.Origin.Grant?.Resource is { } resource) writer.WriteString("aud", resource);
        if (scopes.Count > 0) writer.WriteString("scope", string.Join(' ', scopes));
        writer.WriteString("username", common.User.Username);
        WriteTexts(writer, "cognito:groups", common.Groups.Names);
        if (common.Origin.DeviceKey is { } device) writer.WriteString("device_key", device);
        WriteCommon(writer, common, "access", common.Client.AccessTokenLifetime);
    }

    private void WriteCommon(Utf8JsonWriter writer, CommonClaims common, string use, TimeSpan lifetime)
    {
        writer.WriteString("iss", common.Issuer);
        writer.WriteString("token_use", use);
        writer.WriteString("event_id", common.Origin.EventId);
        if (common.Origin.OriginJti is { } originJti)
        {
            writer.WriteString("origin_jti", originJti);
            writer.WriteString("jti", random.Id());
        }

        if (common.Acr is { } acr)
        {
            writer.WriteString("acr", acr);
            WriteTexts(writer, "amr", common.Origin.Methods);
        }

        writer.WriteNumber("auth_time", common.Origin.SignedInAt.ToUnixTimeSeconds());
        writer.WriteNumber("iat", common.Now.ToUnixTimeSeconds());
        writer.WriteNumber("exp", (common.Now + lifetime).ToUnixTimeSeconds());
    }

    // Claims without a value are left out (doc).
    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static string Jws(LoadedKey key, ClaimChanges changes, Action<Utf8JsonWriter> claims)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            claims(writer);
            writer.WriteEndObject();
        }

        if (!changes.IsNone) buffer = Changed(buffer.WrittenMemory, changes);
        return key.With(rsa => Protocol.Jose.Jws.Sign(rsa, key.KeyId, buffer.WrittenSpan));
    }

    private static ArrayBufferWriter<byte> Changed(ReadOnlyMemory<byte> claims, ClaimChanges changes)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * claims.Length);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed)) changes.Apply(claims, writer);
        return buffer.WrittenCount <= MaxClaimBytes
            ? buffer
            : throw TokenAnswer.Refused($"The claims of a token exceed {MaxClaimBytes} bytes");
    }

    private sealed record CommonClaims(
        string Issuer,
        User User,
        AppClient Client,
        GroupClaims Groups,
        TokenOrigin Origin,
        string? Acr,
        DateTimeOffset Now);
}

/// <summary>What all tokens of one sign-in share, through every refresh.</summary>
/// <param name="EventId">A time-ordered UUID: its time is the beginning of the sign-in to the millisecond,
/// which a comparison with a sign-out needs and the whole seconds of <c>auth_time</c> cannot give.</param>
/// <param name="OriginJti">Null where the client does not revoke tokens.</param>
public sealed record TokenOrigin(string EventId, string? OriginJti, DateTimeOffset SignedInAt)
{
    /// <summary>The device that it was on; null where the pool tracks none.</summary>
    public string? DeviceKey { get; init; }

    /// <summary>What the user has proved, as tokens tell it; empty where they do not.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>What the OAuth endpoints granted; null for tokens of the API.</summary>
    public OAuthGrant? Grant { get; init; }

    /// <summary>What is revoked to revoke all tokens of the sign-in.</summary>
    public string Family => OriginJti ?? EventId;

    /// <summary>When the sign-in began, to the millisecond.</summary>
    public DateTimeOffset BeganAt => RandomSource.TimeOf(EventId) ?? SignedInAt;
}
