using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Shows how long an app client takes over a sign-in made at the pool's own pages; the default where
/// nothing was set.</summary>
public sealed class GetUserPoolClientSessionConfiguration(PoolStore pools, ClientStore clients)
    : IAdminOperation<
        GetUserPoolClientSessionConfigurationRequest, GetUserPoolClientSessionConfigurationResponse>
{
    public async Task<GetUserPoolClientSessionConfigurationResponse> Execute(
        GetUserPoolClientSessionConfigurationRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        return new()
        {
            UserPoolId = pool.Id,
            ClientId = client.Id,
            SSOSession = new() { MaxValidityMinutes = (int)client.SilentSignIn.TotalMinutes },
        };
    }
}
