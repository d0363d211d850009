using Lifeguard.Contract;

namespace Lifeguard.Domain.Devices;

/// <summary>What is refused about devices. Where only the type is known the text is in own words.</summary>
public static class DeviceRefusals
{
    /// <summary>The pool knows no devices. In own words.</summary>
    public static ApiException NotTracked() => new(
        Errors.InvalidUserPoolConfigurationException, "User pool is not configured to track devices.");

    /// <summary>The user has no such device (observed). Clients that read this drop the key they have kept
    /// and go on without it.</summary>
    public static ApiException NotFound() =>
        new(Errors.ResourceNotFoundException, "Device does not exist.");

    /// <summary>The key is not that of the sign-in which wants to confirm it (observed).</summary>
    public static ApiException NotIssuedHere() => Reject.InvalidParameter("Invalid device key given.");

    /// <summary>In own words.</summary>
    public static ApiException AlreadyConfirmed() =>
        new(Errors.DeviceKeyExistsException, "Device already exists.");

    /// <summary>In own words.</summary>
    public static ApiException BadSecret() => Reject.InvalidParameter(
        "DeviceSecretVerifierConfig needs a Salt and a PasswordVerifier in base64.");

    /// <summary>In own words.</summary>
    public static ApiException NoStatus() =>
        Reject.InvalidParameter("Missing required parameter DeviceRememberedStatus");
}
