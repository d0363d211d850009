using Lifeguard.Domain;
using Lifeguard.Operations.Domains;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Web.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Discovery;

/// <summary>A pool's OpenID configuration (OpenID Connect Discovery 1.0 §4).</summary>
public sealed class DiscoveryEndpoint(
    PoolStore pools, IssuerName issuer, DomainRouter domains, DomainAddress address)
{
    /// <summary>The members and their order are the service's. Pools without a domain name endpoints below
    /// their issuer, which nobody answers (observed).</summary>
    public async Task Handle(HttpContext context)
    {
        if (await PublicDocument.PoolOf(context, pools) is not { } pool) return;
        var name = issuer.Of(pool);
        var domain = await DomainOf(pool, context);
        var oauth = domain is null ? name : $"{domain}/oauth2";
        await PublicDocument.Send(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("authorization_endpoint", $"{oauth}/authorize");
            writer.WriteString("end_session_endpoint", $"{domain ?? name}/logout");
            writer.WriteList("id_token_signing_alg_values_supported", "RS256");
            writer.WriteString("issuer", name);
            writer.WriteString("jwks_uri", $"{name}/.well-known/jwks.json");
            writer.WriteList("response_types_supported", "code", "token");
            writer.WriteString("revocation_endpoint", $"{oauth}/revoke");
            writer.WriteList("scopes_supported", "openid", "email", "phone", "profile");
            writer.WriteList("subject_types_supported", "public");
            writer.WriteString("token_endpoint", $"{oauth}/token");
            writer.WriteList(
                "token_endpoint_auth_methods_supported", "client_secret_basic", "client_secret_post");
            writer.WriteString("userinfo_endpoint", $"{oauth}/userInfo");
            writer.WriteEndObject();
        });
    }

    /// <summary>By the domain that the request came to where it is the pool's, and else by the one that the
    /// pool has.</summary>
    private async Task<string?> DomainOf(UserPool pool, HttpContext context) =>
        await domains.Find(context) is { } visit && visit.Pool.Id == pool.Id
            ? visit.Address
            : address.Of(pool);
}
