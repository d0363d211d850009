using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Domain.OAuth;
using Lifeguard.Operations.Domains;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Web.OAuth;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Discovery;

/// <summary>A pool's OpenID configuration (OpenID Connect Discovery 1.0 §4).</summary>
public sealed class DiscoveryEndpoint(
    PoolStore pools, IssuerName issuer, DomainRouter domains, DomainAddress address,
    AuthorizationRules rules)
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
            if (rules.NamesIssuer)
                writer.WriteBoolean("authorization_response_iss_parameter_supported", true);
            writer.WriteString("authorization_endpoint", $"{oauth}/authorize");
            if (rules.IsStrict) WriteClaims(writer);
            if (rules.AnnouncesPkce || rules.IsStrict)
                writer.WriteList("code_challenge_methods_supported", "S256");
            writer.WriteString("end_session_endpoint", $"{domain ?? name}/logout");
            writer.WriteList("id_token_signing_alg_values_supported", "RS256");
            writer.WriteString("issuer", name);
            writer.WriteString("jwks_uri", $"{name}/.well-known/jwks.json");
            if (domain is not null && DynamicClients.AreOn(pool))
                writer.WriteString("registration_endpoint", $"{oauth}/register");
            if (rules.IsStrict) WriteModes(writer);
            WriteResponseTypes(writer);
            writer.WriteString("revocation_endpoint", $"{oauth}/revoke");
            writer.WriteList("scopes_supported", "openid", "email", "phone", "profile");
            writer.WriteList("subject_types_supported", "public");
            writer.WriteString("token_endpoint", $"{oauth}/token");
            WriteAuthentication(writer);
            writer.WriteString("userinfo_endpoint", $"{oauth}/userInfo");
            writer.WriteEndObject();
        });
    }

    private void WriteResponseTypes(Utf8JsonWriter writer)
    {
        if (rules.IsStrict) writer.WriteList("response_types_supported", "code", "id_token token");
        else writer.WriteList("response_types_supported", "code", "token");
    }

    /// <summary>Clients without a secret show none, which the service does not tell.</summary>
    private void WriteAuthentication(Utf8JsonWriter writer)
    {
        const string name = "token_endpoint_auth_methods_supported";
        if (rules.IsStrict) writer.WriteList(name, "client_secret_basic", "client_secret_post", "none");
        else writer.WriteList(name, "client_secret_basic", "client_secret_post");
    }

    private static void WriteClaims(Utf8JsonWriter writer)
    {
        writer.WriteBoolean("claims_parameter_supported", false);
        writer.WriteList(
            "claims_supported",
            "sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "address", "birthdate",
            "email", "email_verified", "family_name", "gender", "given_name", "locale", "middle_name", "name",
            "nickname", "phone_number", "phone_number_verified", "picture", "preferred_username", "profile",
            "updated_at", "website", "zoneinfo");
    }

    private static void WriteModes(Utf8JsonWriter writer)
    {
        writer.WriteList("grant_types_supported", "authorization_code", "implicit", "refresh_token");
        writer.WriteBoolean("request_parameter_supported", false);
        writer.WriteBoolean("request_uri_parameter_supported", false);
        writer.WriteList("response_modes_supported", "query", "fragment", "form_post");
    }

    /// <summary>By the domain that the request came to where it is the pool's, and else by the one that the
    /// pool has.</summary>
    private async Task<string?> DomainOf(UserPool pool, HttpContext context) =>
        await domains.Find(context) is { } visit && visit.Pool.Id == pool.Id
            ? visit.Address
            : address.Of(pool);
}
