using Lifeguard.Contract;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Devices;

/// <summary>Shows a user one of the user's devices.</summary>
public sealed class GetDevice(FindDevice find) : IUserOperation<GetDeviceRequest, GetDeviceResponse>
{
    public async Task<GetDeviceResponse> Execute(GetDeviceRequest request, SignedInUser user, Call call)
    {
        var device = await find.Get(user.Pool, user.User, request.DeviceKey, call);
        return new() { Device = device.Describe() };
    }
}
