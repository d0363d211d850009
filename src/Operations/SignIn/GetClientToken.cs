using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Clients;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;

namespace Lifeguard.Operations.SignIn;

/// <summary>Gives an app client an access token of its own, which says what resource servers may let it do.
/// No user is in it, so the operations of users refuse it.</summary>
public sealed class GetClientToken(ResolveClient clients, ResourceServerStore servers, IssueTokens tokens)
    : IPublicOperation<GetClientTokenRequest, GetClientTokenResponse>
{
    public async Task<GetClientTokenResponse> Execute(GetClientTokenRequest request, Call call)
    {
        var (pool, client) = await clients.Get(request.ClientId, call.Cancelled);
        if (!client.HasSecret(request.Secret))
            throw Reject.NotAuthorized($"Unable to verify secret hash for client {client.Id}");
        if (client.Settings.ExplicitAuthFlows?.Contains(ExplicitAuthFlowsType.AllowClientTokenAuth) != true)
            throw ClientRefusals.ClientTokenNotAllowed();
        var offer = PoolOffer.Of(pool, await servers.Of(pool.Id, call.Cancelled));
        var granted = ClientScopes.Grant(client, request.Scopes, offer.Scopes);
        try
        {
            return new()
            {
                ClientAuthenticationResult = await tokens.ForClient(
                    call.Seen(pool), client, granted, request.ClientMetadata, call),
            };
        }
        catch (ApiException refusal) when (TriggerCaller.IsTriggerError(refusal))
        {
            // The operation declares no error of triggers: the client gets no token, and the words.
            throw Reject.NotAuthorized(refusal.Text!);
        }
    }
}
