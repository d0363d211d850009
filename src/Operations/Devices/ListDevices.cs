using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Groups;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Devices;

/// <summary>Lists the devices that a user has signed in on, confirmed or not, in the order of their keys. A
/// pool that tracks no devices has none to show.</summary>
public sealed class ListDevices(DeviceStore devices, PageToken tokens)
    : IUserOperation<ListDevicesRequest, ListDevicesResponse>
{
    public async Task<ListDevicesResponse> Execute(ListDevicesRequest request, SignedInUser user, Call call)
    {
        var (pool, sub) = (user.Pool, user.User.Sub);
        var page = new Listing(
            nameof(ListDevices), $"{pool.Id}\0{sub}", request.Limit, request.PaginationToken);
        var after = page.Position(tokens, call.Now);
        if (!pool.TracksDevices) return new() { Devices = [] };
        var found = await devices.List(pool.Id, sub, after, page.Size + 1, call.Cancelled);
        return new()
        {
            Devices = [.. found.Take(page.Size).Select(device => device.Describe())],
            PaginationToken = page.Next(tokens, found, device => device.Key, call.Now),
        };
    }
}
