namespace Lifeguard.Protocol.WebAuthn;

/// <summary>What was asked of an authenticator, and has to be answered.</summary>
/// <param name="Challenge">Unpredictable, and used for nothing else.</param>
/// <param name="RequiresVerification">The user has to be verified, by a PIN or a finger.</param>
public sealed record Ceremony(RelyingParty RelyingParty, byte[] Challenge, bool RequiresVerification)
{
    /// <summary>Was the right party told, with the user there and, where required, verified?</summary>
    internal void MustBeMetBy(AuthenticatorData data)
    {
        if (!data.RelyingPartyHash.AsSpan().SequenceEqual(RelyingParty.Hash))
            throw new WebAuthnException(WebAuthnFailure.OtherRelyingParty);
        if (!data.Has(AuthenticatorFlags.UserPresent)
            || (RequiresVerification && !data.Has(AuthenticatorFlags.UserVerified)))
            throw new WebAuthnException(WebAuthnFailure.UserNotVerified);
    }
}
