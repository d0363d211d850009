using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Devices;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Srp;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Devices;

/// <summary>
/// Confirms the device that the user has signed in on: it gets a secret, by which it is known again. Where
/// the pool leaves remembering to the user, the answer says that UpdateDeviceStatus has to follow.
/// </summary>
public sealed class ConfirmDevice(Database database, FindDevice find, DeviceStore devices)
    : IUserOperation<ConfirmDeviceRequest, ConfirmDeviceResponse>
{
    public async Task<ConfirmDeviceResponse> Execute(
        ConfirmDeviceRequest request, SignedInUser user, Call call)
    {
        FindDevice.MustBeTracked(user.Pool);
        // A token confirms no other device than its own, or one user's sign-in could plant a secret for all.
        if (request.DeviceKey != user.DeviceKey) throw DeviceRefusals.NotIssuedHere();
        var device = await find.Get(user.Pool, user.User, request.DeviceKey, call);
        var confirmed = device.Confirm(
            user.Pool, request.DeviceName, Secret(request.DeviceSecretVerifierConfig), call.Now);
        await database.Write(
            transaction => devices.Update(transaction, confirmed, call.Cancelled), call.Cancelled);
        return new() { UserConfirmationNecessary = user.Pool.AsksToRememberDevices };
    }

    private static DeviceSecret Secret(DeviceSecretVerifierConfigType? given) =>
        SrpVerifier.TryReadDevice(given?.Salt, given?.PasswordVerifier, out var salt, out var verifier)
            ? new(salt, verifier)
            : throw DeviceRefusals.BadSecret();
}
