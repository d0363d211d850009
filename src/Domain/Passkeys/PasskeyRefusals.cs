using Lifeguard.Contract;
using Lifeguard.Protocol.WebAuthn;

namespace Lifeguard.Domain.Passkeys;

/// <summary>Refusals of passkeys. But for the one that says so the texts are in own words.</summary>
public static class PasskeyRefusals
{
    public static ApiException NotEnabled() =>
        new(Errors.WebAuthnNotEnabledException, "Passkeys are not enabled for this user pool.");

    public static ApiException NoRelyingParty() => new(
        Errors.WebAuthnConfigurationMissingException,
        "The user pool has neither a relying party ID nor a domain.");

    public static ApiException NoChallenge() => new(
        Errors.WebAuthnChallengeNotFoundException, "The registration was not started, or has expired.");

    public static ApiException OtherClient() => new(
        Errors.WebAuthnClientMismatchException, "The registration was started by another app client.");

    public static ApiException OtherRelyingParty() => new(
        Errors.WebAuthnRelyingPartyMismatchException, "The passkey is for another relying party.");

    public static ApiException TooMany() => new(
        Errors.LimitExceededException,
        $"A user can have at most {PasskeyRules.MaxPerUser} passkeys.");

    public static ApiException NotFound() =>
        new(Errors.ResourceNotFoundException, "Passkey does not exist.");

    public static ApiException AlreadyRegistered() =>
        Reject.InvalidParameter("The passkey is registered already.");

    /// <summary>Observed.</summary>
    public static ApiException Invalid() => Reject.InvalidParameter("Credential data is not valid");

    /// <summary>Why a new passkey is not taken.</summary>
    public static ApiException Of(WebAuthnFailure failure) => failure switch
    {
        WebAuthnFailure.OtherChallenge => NoChallenge(),
        WebAuthnFailure.OtherRelyingParty => OtherRelyingParty(),
        WebAuthnFailure.OtherOrigin => new(
            Errors.WebAuthnOriginNotAllowedException,
            "The origin does not belong to the relying party."),
        WebAuthnFailure.AlgorithmNotOffered => NotSupported("Its algorithm was not offered."),
        WebAuthnFailure.UserNotVerified => NotSupported("It did not verify the user."),
        WebAuthnFailure.Attestation => NotSupported("Its attestation is not valid."),
        _ => Invalid(),
    };

    private static ApiException NotSupported(string reason) =>
        new(Errors.WebAuthnCredentialNotSupportedException, $"The passkey is not supported. {reason}");
}
