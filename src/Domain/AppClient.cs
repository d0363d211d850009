using System.Security.Cryptography;
using System.Text;
using Lifeguard.Contract;
using Lifeguard.Domain.Sessions;

namespace Lifeguard.Domain;

/// <summary>An app client of a pool. Its configuration is kept
/// in the service's own shape, without the secret.</summary>
public sealed record AppClient
{
    public required string PoolId { get; init; }

    public required string Id { get; init; }

    /// <summary>Everything DescribeUserPoolClient shows, but for the secret, the ids and the dates.</summary>
    public required UserPoolClientType Settings { get; init; }

    /// <summary>At most two; any of them authenticates. Empty for a public client.</summary>
    public IReadOnlyList<ClientSecret> Secrets { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Rises with every stored change; guards against lost updates.</summary>
    public long Version { get; init; }

    /// <summary>A client that does not exist yet.</summary>
    public static AppClient New(
        string poolId, string id, UserPoolClientType settings, IReadOnlyList<ClientSecret> secrets,
        DateTimeOffset now) => new()
        {
            PoolId = poolId,
            Id = id,
            Settings = settings,
            Secrets = secrets,
            CreatedAt = now,
            ModifiedAt = now,
        };

    public bool IsConfidential => Secrets.Count > 0;

    /// <summary>Unknown users are answered as known ones would be.</summary>
    public bool HidesUserExistence => Settings.PreventUserExistenceErrors == "ENABLED";

    /// <summary>Tokens carry <c>jti</c> and <c>origin_jti</c>
    /// and can be revoked one sign-in at a time.</summary>
    public bool RevokesTokens => Settings.EnableTokenRevocation ?? true;

    /// <summary>Each use of a refresh token replaces it.</summary>
    public bool RotatesRefreshTokens => Settings.RefreshTokenRotation?.Feature == FeatureType.Enabled;

    /// <summary>So long a refresh token still works once it was replaced, for clients that did not get the
    /// answer (doc: 0 to 60 seconds).</summary>
    public TimeSpan RotationGrace => RotatesRefreshTokens
        ? TimeSpan.FromSeconds(Settings.RefreshTokenRotation!.RetryGracePeriodSeconds ?? 0)
        : TimeSpan.Zero;

    /// <summary>For so long this client takes over a sign-in that the user made at the pool's own pages,
    /// without asking again (doc). Zero for never.</summary>
    public TimeSpan SilentSignIn { get; init; } = SessionRules.DefaultSilentSignIn;

    /// <summary>Users may choose how to sign in (<c>USER_AUTH</c>).</summary>
    public bool AllowsChoice =>
        Settings.ExplicitAuthFlows?.Contains(ExplicitAuthFlowsType.AllowUserAuth) == true;

    /// <summary>How long one step of a sign-in may take (doc: 3 to 15 minutes, 3 by default).</summary>
    public TimeSpan SessionLifetime => TimeSpan.FromMinutes(Settings.AuthSessionValidity ?? 3);

    public TimeSpan AccessTokenLifetime =>
        Span(Settings.AccessTokenValidity, Settings.TokenValidityUnits?.AccessToken, "hours")
        ?? TimeSpan.FromHours(1);

    public TimeSpan IdTokenLifetime =>
        Span(Settings.IdTokenValidity, Settings.TokenValidityUnits?.IdToken, "hours")
        ?? TimeSpan.FromHours(1);

    public TimeSpan RefreshTokenLifetime =>
        Span(Settings.RefreshTokenValidity, Settings.TokenValidityUnits?.RefreshToken, "days")
        ?? TimeSpan.FromDays(30);

    /// <summary>Is this a secret of the client? Of a public client there is none, and none may be given. The
    /// time does not tell which of several it is.</summary>
    public bool HasSecret(string? given)
    {
        if (!IsConfidential) return given is null;
        var bytes = Encoding.UTF8.GetBytes(given ?? "");
        var has = false;
        foreach (var secret in Secrets)
            has |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret.Value), bytes);
        return has;
    }

    /// <summary>May people sign in to the client through this identity provider, or, by the name
    /// <c>COGNITO</c>, as the pool's own users? It is said of pages alone (doc).</summary>
    public bool Takes(string provider) => Settings.SupportedIdentityProviders?.Contains(provider) == true;

    /// <summary>May the client read <paramref name="attribute"/>? Without a list it may read all, and who the
    /// user is it may always (observed).</summary>
    public bool MayRead(string attribute) =>
        attribute is AttributeNames.Sub or AttributeNames.Identities
        || (!AttributeNames.IsDeveloperOnly(attribute)
            && Settings.ReadAttributes?.Contains(attribute) != false);

    /// <summary>May the client write <paramref name="attribute"/>?
    /// The verification flags never (doc).</summary>
    public bool MayWrite(string attribute) =>
        attribute is not (AttributeNames.Sub or AttributeNames.Identities
            or AttributeNames.EmailVerified or AttributeNames.PhoneNumberVerified)
        && !AttributeNames.IsDeveloperOnly(attribute)
        && Settings.WriteAttributes?.Contains(attribute) != false;

    /// <summary>A validity in its unit; null for absent and
    /// for zero, which both mean the default (doc).</summary>
    public static TimeSpan? Span(int? value, string? unit, string defaultUnit) => value is null or 0
        ? null
        : (unit ?? defaultUnit) switch
        {
            "seconds" => TimeSpan.FromSeconds(value.Value),
            "minutes" => TimeSpan.FromMinutes(value.Value),
            "hours" => TimeSpan.FromHours(value.Value),
            _ => TimeSpan.FromDays(value.Value),
        };
}

/// <summary>One secret of an app client.</summary>
/// <param name="Id"><c>&lt;client id&gt;--&lt;epoch seconds of creation&gt;</c> (doc).</param>
public sealed record ClientSecret(string Id, string Value, DateTimeOffset CreatedAt)
{
    /// <summary>Never prints the value.</summary>
    public override string ToString() => $"ClientSecret {Id}";
}
