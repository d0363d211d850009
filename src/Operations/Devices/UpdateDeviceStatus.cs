using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Devices;

/// <summary>A user says whether a device is to be remembered.</summary>
public sealed class UpdateDeviceStatus(Database database, FindDevice find, DeviceStore devices)
    : IUserOperation<UpdateDeviceStatusRequest, UpdateDeviceStatusResponse>
{
    public async Task<UpdateDeviceStatusResponse> Execute(
        UpdateDeviceStatusRequest request, SignedInUser user, Call call)
    {
        var device = await find.Get(user.Pool, user.User, request.DeviceKey, call);
        var changed = device.Remember(request.DeviceRememberedStatus, call.Now);
        await database.Write(
            transaction => devices.Update(transaction, changed, call.Cancelled), call.Cancelled);
        return new();
    }
}
