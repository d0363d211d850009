using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Devices;

/// <summary>An administrator says whether a user's device is to be remembered.</summary>
public sealed class AdminUpdateDeviceStatus(
    Database database, PoolStore pools, ResolveUser users, FindDevice find, DeviceStore devices)
    : IAdminOperation<AdminUpdateDeviceStatusRequest, AdminUpdateDeviceStatusResponse>
{
    public async Task<AdminUpdateDeviceStatusResponse> Execute(
        AdminUpdateDeviceStatusRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await users.Get(pool, request.Username, call.Cancelled);
        var device = await find.Get(pool, user, request.DeviceKey, call);
        var changed = device.Remember(request.DeviceRememberedStatus, call.Now);
        await database.Write(
            transaction => devices.Update(transaction, changed, call.Cancelled), call.Cancelled);
        return new();
    }
}
