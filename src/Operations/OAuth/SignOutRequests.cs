using System.Net;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>Where somebody goes who signs out on a domain (doc): to an address that the client has
/// registered, or to the sign-in page.</summary>
public sealed class SignOutRequests(ClientStore clients, IdTokenHints hints, AuthorizationRules rules)
{
    /// <summary>The target of a request, checked.</summary>
    /// <exception cref="AuthorizationException">Something is missing, or not registered: the person sees a
    /// page.</exception>
    public async Task<SignOutTarget> Check(UserPool pool, AuthorizationQuery query, Call call)
    {
        if (query.Parameters is null) throw AuthorizationRefusals.Malformed();
        if (rules.IsStrict && query["logout_uri"] is null && query["redirect_uri"] is null)
            return await ByStandard(pool, query, call);
        var client = await ClientOf(pool, query["client_id"], call)
            ?? throw (query["client_id"] is null
                ? new AuthorizationException("Required String parameter 'client_id' is not present")
                : AuthorizationRefusals.NoClient());
        if (query["logout_uri"] is { } goal)
        {
            return client.Settings.LogoutURLs?.Contains(goal) == true
                ? new(client, goal)
                : throw AuthorizationRefusals.Mismatch(client.Id);
        }

        var callback = query["redirect_uri"] ?? throw new AuthorizationException(
            "Required String parameter 'redirect_uri' is not present");
        if (client.Settings.CallbackURLs?.Contains(callback) != true)
            throw AuthorizationRefusals.Mismatch(client.Id);
        if (query["response_type"] is not { } type)
            throw new AuthorizationException("Required String parameter 'response_type' is not present");
        return new(client, null) { SignInQuery = QueryOf(client, callback, type, query) };
    }

    /// <summary>RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0 §2): the client by its id or by
    /// an ID token that it got, however old.</summary>
    private async Task<SignOutTarget> ByStandard(UserPool pool, AuthorizationQuery query, Call call)
    {
        var hinted = query["id_token_hint"] is { } hint
            ? await hints.Read(pool, hint, call) ?? throw AuthorizationRefusals.Malformed()
            : null;
        var named = query["client_id"];
        if (hinted is not null && named is not null && hinted.ClientId != named)
            throw AuthorizationRefusals.Malformed();
        var client = await ClientOf(pool, hinted?.ClientId ?? named, call);
        if (query["post_logout_redirect_uri"] is not { } goal) return new(client, null);
        if (client?.Settings.LogoutURLs?.Contains(goal) != true)
            throw AuthorizationRefusals.Mismatch(client?.Id ?? "");
        var target = new ReturnAddress(goal, ResponseMode.Query, null).With(("state", query["state"]));
        return new(client, target);
    }

    private async Task<AppClient?> ClientOf(UserPool pool, string? id, Call call)
    {
        if (id is null || !ClientAuthentication.IsId(id)) return null;
        var client = await clients.Find(id, call.Cancelled);
        return client?.PoolId == pool.Id ? client : null;
    }

    /// <summary>What the sign-in page takes over. Without scopes all that the client is allowed stand there
    /// (doc).</summary>
    private static string QueryOf(AppClient client, string callback, string type, AuthorizationQuery query)
    {
        var text = new StringBuilder();
        Add("client_id", client.Id);
        Add("response_type", type);
        Add("redirect_uri", callback);
        Add("state", query["state"]);
        Add("nonce", query["nonce"]);
        Add("scope", query["scope"] ?? string.Join(' ', client.Settings.AllowedOAuthScopes ?? []));
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is null) return;
            if (text.Length > 0) text.Append('&');
            text.Append(name).Append('=').Append(WebUtility.UrlEncode(value));
        }
    }
}

/// <summary>Where signing out leads.</summary>
/// <param name="Client">Null where nobody was named.</param>
/// <param name="Address">Null for a page of the domain's own.</param>
public sealed record SignOutTarget(AppClient? Client, string? Address)
{
    /// <summary>Of the sign-in page that follows; null where none does.</summary>
    public string? SignInQuery { get; init; }
}
