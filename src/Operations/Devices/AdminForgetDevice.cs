using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Devices;

/// <summary>An administrator has a user's device forgotten, for example one that was lost: it signs in as an
/// unknown one again, and its refresh tokens end.</summary>
public sealed class AdminForgetDevice(
    PoolStore pools, ResolveUser users, FindDevice find, DeviceBinding binding)
    : IAdminOperation<AdminForgetDeviceRequest, NoContent>
{
    public async Task<NoContent> Execute(AdminForgetDeviceRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await users.Get(pool, request.Username, call.Cancelled);
        await binding.Forget(await find.Get(pool, user, request.DeviceKey, call), call);
        return NoContent.Instance;
    }
}
