using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Devices;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>What the end of a sign-in does for the device it was on: one that nobody knows gets a key, one
/// that is known is noted to have been used.</summary>
public sealed class DeviceOfSignIn(DeviceStore devices, UserStore users, RandomSource random)
{
    /// <summary>The device, not yet stored; null where the pool tracks none. A replica registers none
    /// either: it is not written to, and clients could not confirm the device there.</summary>
    public UsedDevice? Of(SignInRequest request, User user, Device? known, Call call)
    {
        var pool = request.Pool;
        if (!pool.TracksDevices || (known is null && call.Replica is not null)) return null;
        var context = call.Context?.IsBelieved(request.Client) == true ? call.Context : null;
        var ipAddress = context?.IpAddress ?? call.Source;
        return known is null
            ? new(Device.Issue(pool, user, ipAddress, random, call.Now), ipAddress, IsNew: true)
            : new(known, ipAddress, IsNew: false);
    }

    /// <summary>Keeps the session in which the device is asked for, for clients that answer without it
    /// (observed).</summary>
    public Task Await(Transaction transaction, Device device, string session, Call call) =>
        devices.Await(transaction, device, new(session, call.Source), call.Cancelled);

    /// <summary>Stores it, in the transaction of what the sign-in has used up.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException: the device was forgotten meanwhile.
    /// NotAuthorizedException: the user was deleted.</exception>
    public async Task Store(Transaction transaction, UsedDevice used, Call call)
    {
        var device = used.Device;
        if (used.IsNew)
        {
            // Not by version: the first proof of the sign-in is used up, so it could not be repeated.
            if (!await users.Hold(transaction, device.PoolId, device.Sub, call.Cancelled))
                throw Reject.SessionInvalid();
            await devices.Insert(transaction, device, call.Cancelled);
            return;
        }

        if (!await devices.TryUse(transaction, device, used.IpAddress, call.Now, call.Cancelled))
            throw DeviceRefusals.NotFound();
    }
}

/// <summary>The device that a sign-in was on.</summary>
/// <param name="IsNew">Nobody knew it before.</param>
public sealed record UsedDevice(Device Device, string IpAddress, bool IsNew)
{
    /// <summary>What a client needs to confirm it; null where it is known.</summary>
    public NewDeviceMetadataType? Metadata =>
        IsNew ? new() { DeviceKey = Device.Key, DeviceGroupKey = Device.GroupKey } : null;
}
