using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Sessions;

/// <summary>Shows whether a user pool tracks sessions, and how many a user may have; the defaults where
/// nothing was set.</summary>
public sealed class GetUserPoolSessionConfiguration(PoolStore pools)
    : IAdminOperation<GetUserPoolSessionConfigurationRequest, GetUserPoolSessionConfigurationResponse>
{
    public async Task<GetUserPoolSessionConfigurationResponse> Execute(
        GetUserPoolSessionConfigurationRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        return new()
        {
            UserPoolId = pool.Id,
            UserSessionTracking = pool.Sessions.Word,
            TokenSession = new() { MaxPerUser = pool.Sessions.MaxPerUser },
        };
    }
}
