using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.OAuth;

/// <summary>client_credentials (RFC 6749 §4.4): an access token of the client's own.</summary>
public sealed class ClientCredentialsGrant(ResourceServerStore servers, IssueTokens tokens)
{
    /// <summary>The token, with the scopes that are asked for, or else with all that the client is
    /// allowed.</summary>
    /// <exception cref="OAuthException">invalid_grant, unauthorized_client, invalid_scope,
    /// invalid_request.</exception>
    public async Task<AccessTokenResponse> Redeem(AppClient client, OAuthRequest request, Call call)
    {
        MustBeAllowed(client);
        // A token of a client is bound to no resource (doc); what names one must still be well-formed.
        if (request["resource"] is { } resource) ResourceIndicator.Check(resource);
        var metadata = request["aws_client_metadata"] is { } text ? ClientMetadata.Read(text) : null;
        var granted = await ScopesFor(client, request, call);
        try
        {
            var result = await tokens.ForClient(request.Pool, client, granted, metadata, call);
            return new(result.AccessToken!, result.ExpiresIn!.Value);
        }
        catch (ApiException refusal) when (TriggerCaller.IsTriggerError(refusal))
        {
            throw OAuthRefusals.Trigger(refusal);
        }
    }

    private static void MustBeAllowed(AppClient client)
    {
        // Observed: API-made clients that are not switched to OAuth.
        if (client.Settings.AllowedOAuthFlowsUserPoolClient != true) throw OAuthRefusals.InvalidGrant();
        var isAllowed = client.IsConfidential
            && client.Settings.AllowedOAuthFlows?.Contains(OAuthFlowType.ClientCredentials) == true;
        if (!isAllowed) throw OAuthRefusals.UnauthorizedClient();
    }

    private async Task<IReadOnlyList<string>> ScopesFor(AppClient client, OAuthRequest request, Call call)
    {
        var asked = request["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var offer = PoolOffer.Of(request.Pool, await servers.Of(request.Pool.Id, call.Cancelled));
        try
        {
            return ClientScopes.Grant(client, asked, offer.Scopes);
        }
        catch (ApiException)
        {
            throw OAuthRefusals.InvalidScope();
        }
    }
}
