using Lifeguard.Domain;
using Lifeguard.Domain.Devices;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Refresh tokens are bound to the device of their sign-in: they are of no use elsewhere, and of
/// none once the device was forgotten.</summary>
public sealed class DeviceBinding(DeviceStore devices, RevocationStore revocations, Database database)
{
    /// <summary>A refresh token lives no longer (doc).</summary>
    private static readonly TimeSpan LongestRefresh = TimeSpan.FromDays(3650);

    /// <summary>Forgets the device.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException: somebody else was faster.</exception>
    public Task Forget(Device device, Call call) => database.Write(
        async transaction =>
        {
            if (!await devices.Delete(transaction, device, call.Cancelled)) throw DeviceRefusals.NotFound();
            await revocations.Add(
                transaction, device.PoolId, device.Key, call.Now + LongestRefresh, call.Cancelled);
        },
        call.Cancelled);

    /// <summary>Refuses to refresh the tokens of a device from elsewhere, or once it was
    /// forgotten.</summary>
    /// <param name="origin">Of the refresh token.</param>
    /// <param name="deviceKey">As the client sent it; null for none.</param>
    /// <exception cref="ApiException">NotAuthorizedException.</exception>
    public async Task MustMatch(UserPool pool, TokenOrigin origin, string? deviceKey, Call call)
    {
        if (origin.DeviceKey is not { } bound || !pool.TracksDevices) return;
        if (deviceKey != bound || await revocations.IsRevoked(pool.Id, bound, call.Cancelled))
            throw Reject.InvalidRefreshToken();
    }
}
