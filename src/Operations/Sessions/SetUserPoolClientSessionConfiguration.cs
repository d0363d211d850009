using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Sessions;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Says how long an app client takes over a sign-in made at the pool's own pages; only in a pool
/// that tracks sessions (doc). It is kept when the tracking is switched off.</summary>
public sealed class SetUserPoolClientSessionConfiguration(
    Database database, PoolStore pools, ClientStore clients)
    : IAdminOperation<
        SetUserPoolClientSessionConfigurationRequest, SetUserPoolClientSessionConfigurationResponse>
{
    public async Task<SetUserPoolClientSessionConfigurationResponse> Execute(
        SetUserPoolClientSessionConfigurationRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        var changed = client.WithSessions(pool, request.SSOSession, call.Now);
        try
        {
            await database.Write(
                transaction => clients.Update(transaction, changed, call.Cancelled), call.Cancelled);
        }
        catch (ConflictException)
        {
            // The caller has to look at what the other one wrote.
            throw Reject.ConcurrentModification("user pool client");
        }

        return new()
        {
            UserPoolId = pool.Id,
            ClientId = changed.Id,
            SSOSession = new() { MaxValidityMinutes = (int)changed.SilentSignIn.TotalMinutes },
        };
    }
}
