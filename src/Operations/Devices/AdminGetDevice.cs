using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Devices;

/// <summary>Shows an administrator a device of a user, and whether it is remembered.</summary>
public sealed class AdminGetDevice(
    PoolStore pools, ResolveUser users, FindDevice find, Deployment deployment)
    : IAdminOperation<AdminGetDeviceRequest, AdminGetDeviceResponse>
{
    public async Task<AdminGetDeviceResponse> Execute(AdminGetDeviceRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await users.Get(pool, request.Username, call.Cancelled);
        var device = await find.Get(pool, user, request.DeviceKey, call);
        return new() { Device = device.DescribeToAdministrator(user, deployment) };
    }
}
