using Lifeguard.Domain;
using Lifeguard.Domain.OAuth;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>Finds out which app client speaks, and whether it knows its secret: by header or by form
/// (client_secret_basic, client_secret_post), or by its id alone where it has none.</summary>
public sealed class ClientAuthentication(ClientStore clients, AuthorizationRules rules)
{
    private const string IdParameter = "client_id";
    private const string SecretParameter = "client_secret";
    private const int LongestId = 128;

    /// <summary>The client.</summary>
    /// <exception cref="OAuthException">invalid_client; invalid_request: it says nothing of itself, or two
    /// things that differ.</exception>
    public async Task<AppClient> Authenticate(OAuthRequest request, Call call)
    {
        var isKnown = false;
        foreach (var (id, secret) in ClaimsOf(request))
        {
            if (!IsId(id)) continue;
            var client = await clients.Find(id, call.Cancelled);
            if (client?.PoolId != request.Pool.Id) continue;
            // An empty secret is none: some libraries send the colon in any case.
            if (client.HasSecret(secret is "" ? null : secret)) return client;
            isKnown = true;
        }

        throw Refusal(request, isKnown);
    }

    /// <summary>What the client may have meant: one thing, or two readings of its header.</summary>
    private IReadOnlyList<(string Id, string? Secret)> ClaimsOf(OAuthRequest request)
    {
        var (id, secret) = (request[IdParameter], request[SecretParameter]);
        if (request.Authorization is not { } header)
            return id is null ? throw OAuthRefusals.InvalidRequest() : [(id, secret)];
        if (BasicCredentials.Read(header) is not { } basic) throw Refusal(request, isKnown: false);
        var agrees = (id is null || id == basic.Plain.Id || id == basic.Decoded.Id)
            && (secret is null || secret == basic.Plain.Secret || secret == basic.Decoded.Secret);
        if (!agrees) throw OAuthRefusals.InvalidRequest();
        return basic.Plain == basic.Decoded ? [basic.Plain] : [basic.Plain, basic.Decoded];
    }

    /// <param name="isKnown">There is such a client, and what is wrong is the secret.</param>
    private OAuthException Refusal(OAuthRequest request, bool isKnown)
    {
        if (rules.IsStrict) return OAuthRefusals.InvalidClientByStandard(request.Authorization is not null);
        return isKnown ? OAuthRefusals.InvalidClientSecret() : OAuthRefusals.InvalidClient();
    }

    /// <summary>Nothing else is looked up: the text is a stranger's, and not every database takes every
    /// character.</summary>
    public static bool IsId(string text) => text.Length <= LongestId
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '+');
}
