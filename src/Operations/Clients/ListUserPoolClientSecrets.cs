using Lifeguard.Contract;
using Lifeguard.Domain.Clients;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Clients;

/// <summary>Lists the secrets of an app client, the oldest first and never their values. A public client has
/// none.</summary>
public sealed class ListUserPoolClientSecrets(PoolStore pools, ClientStore clients)
    : IAdminOperation<ListUserPoolClientSecretsRequest, ListUserPoolClientSecretsResponse>
{
    /// <inheritdoc />
    public async Task<ListUserPoolClientSecretsResponse> Execute(
        ListUserPoolClientSecretsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        // The two there can be fit on one page: a token is taken and never given (doc).
        return new() { ClientSecrets = [.. client.Secrets.Select(secret => secret.Describe())] };
    }
}
