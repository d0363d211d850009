using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Groups;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Devices;

/// <summary>Lists a user's devices for an administrator, in the order of their keys. A pool that tracks no
/// devices has none to show.</summary>
public sealed class AdminListDevices(
    PoolStore pools, ResolveUser users, DeviceStore devices, PageToken tokens, Deployment deployment)
    : IAdminOperation<AdminListDevicesRequest, AdminListDevicesResponse>
{
    public async Task<AdminListDevicesResponse> Execute(AdminListDevicesRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var user = await users.Get(pool, request.Username, call.Cancelled);
        var page = new Listing(
            nameof(AdminListDevices), $"{pool.Id}\0{user.Sub}", request.Limit, request.PaginationToken);
        var after = page.Position(tokens, call.Now);
        if (!pool.TracksDevices) return new() { Devices = [] };
        var found = await devices.List(pool.Id, user.Sub, after, page.Size + 1, call.Cancelled);
        return new()
        {
            Devices =
            [
                .. found.Take(page.Size).Select(device => device.DescribeToAdministrator(user, deployment)),
            ],
            PaginationToken = page.Next(tokens, found, device => device.Key, call.Now),
        };
    }
}
