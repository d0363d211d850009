using Lifeguard.Contract;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Devices;

/// <summary>A user has a device forgotten, the one in use or another one. It signs in as an unknown one
/// again, and its refresh tokens end.</summary>
public sealed class ForgetDevice(FindDevice find, DeviceBinding binding)
    : IUserOperation<ForgetDeviceRequest, NoContent>
{
    public async Task<NoContent> Execute(ForgetDeviceRequest request, SignedInUser user, Call call)
    {
        await binding.Forget(await find.Get(user.Pool, user.User, request.DeviceKey, call), call);
        return NoContent.Instance;
    }
}
