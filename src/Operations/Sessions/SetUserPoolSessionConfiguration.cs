using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Sessions;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Switches the tracking of sessions on or off, and says how many a user may have. Nobody is signed
/// out by it: who has more sessions than allowed loses them at the next sign-in (doc).</summary>
public sealed class SetUserPoolSessionConfiguration(Database database, PoolStore pools)
    : IAdminOperation<SetUserPoolSessionConfigurationRequest, SetUserPoolSessionConfigurationResponse>
{
    public async Task<SetUserPoolSessionConfigurationResponse> Execute(
        SetUserPoolSessionConfigurationRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var changed = pool.WithSessions(request.UserSessionTracking, request.TokenSession, call.Now);
        try
        {
            await database.Write(
                transaction => pools.Update(transaction, changed, call.Cancelled), call.Cancelled);
        }
        catch (ConflictException)
        {
            // The caller has to look at what the other one wrote.
            throw Reject.ConcurrentModification("user pool");
        }

        return new()
        {
            UserPoolId = changed.Id,
            UserSessionTracking = changed.Sessions.Word,
            TokenSession = new() { MaxPerUser = changed.Sessions.MaxPerUser },
        };
    }
}
