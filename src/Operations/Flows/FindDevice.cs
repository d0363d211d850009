using Lifeguard.Domain;
using Lifeguard.Domain.Devices;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Finds the devices that clients name. A pool that does not track devices has none.</summary>
public sealed class FindDevice(DeviceStore devices)
{
    /// <summary>The user's device; null for a key that is none of theirs, and for no key.</summary>
    /// <param name="sub">The user, or the stand-in of a name nobody has.</param>
    public async Task<Device?> Of(UserPool pool, string sub, string? key, Call call) =>
        pool.TracksDevices && IsKey(key) ? await devices.Find(pool.Id, sub, key!, call.Cancelled) : null;

    /// <summary>The device that an operation is about.</summary>
    /// <exception cref="ApiException">InvalidUserPoolConfigurationException: the pool tracks none;
    /// ResourceNotFoundException.</exception>
    public async Task<Device> Get(UserPool pool, User user, string key, Call call)
    {
        MustBeTracked(pool);
        return await Of(pool, user.Sub, key, call) ?? throw DeviceRefusals.NotFound();
    }

    /// <summary>Refuses a step of a sign-in that names a device which is none of the user's (observed): the
    /// client then drops the key and repeats the same step, which must not be used up.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException.</exception>
    public async Task MustBeKnown(UserPool pool, string sub, string? key, Call call)
    {
        if (key is null || !pool.TracksDevices) return;
        if (await Of(pool, sub, key, call) is null) throw DeviceRefusals.NotFound();
    }

    /// <summary>The session in which this device was asked for last, for clients that answer without it
    /// (observed). Only where the sign-in comes from: whoever has stolen a device must not take over a
    /// sign-in that its owner has begun. Null for none.</summary>
    public async Task<string?> SessionAwaiting(UserPool pool, string sub, string key, Call call) =>
        await Of(pool, sub, key, call) is { } device
        && await devices.FindAwaited(device, call.Cancelled) is { } awaited
        && awaited.Source == call.Source
            ? awaited.Session
            : null;

    /// <exception cref="ApiException">InvalidUserPoolConfigurationException.</exception>
    public static void MustBeTracked(UserPool pool)
    {
        if (!pool.TracksDevices) throw DeviceRefusals.NotTracked();
    }

    /// <summary>Nothing else is looked up: the text may be a stranger's, and not every database takes every
    /// character.</summary>
    private static bool IsKey(string? text) =>
        text?.Length <= Device.MaxKeyLength
        && text.All(each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_');
}
