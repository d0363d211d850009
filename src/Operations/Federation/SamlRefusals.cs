using Lifeguard.Domain.Federation;
using Lifeguard.Protocol.Saml;

namespace Lifeguard.Operations.Federation;

/// <summary>What an app is told where a SAML provider's answer is not taken. The prefix and the text about
/// the signature were observed; the others are own words.</summary>
public static class SamlRefusals
{
    /// <summary>Goes before every reason.</summary>
    public const string Prefix = "Error in SAML response processing: ";

    /// <summary>Nobody has asked for it, or it cannot be read (inferred).</summary>
    public static FederationException NoAnswer() =>
        new("invalid_request", "Invalid samlResponse or relayState from identity provider");

    /// <summary>The assertion was shown before.</summary>
    public static FederationException Replayed() => Processing("SAML Assertion has been used before.");

    public static FederationException Of(SamlException refusal) => refusal.Failure switch
    {
        SamlFailure.Malformed or SamlFailure.OtherRequest => NoAnswer(),
        SamlFailure.Status => Status(refusal.Status),
        // One text for all of them: whoever alters what is encrypted learns nothing from it.
        SamlFailure.NotSigned or SamlFailure.Signature or SamlFailure.Decryption =>
            Processing("SAML Assertion signature is invalid."),
        SamlFailure.TooLarge => Processing("SAML response is too large."),
        SamlFailure.Algorithm => Processing("Algorithm of signature or encryption is not supported."),
        SamlFailure.NotEncrypted => Processing("SAML Assertion is not encrypted."),
        SamlFailure.Encrypted => Processing("SAML Assertion is encrypted."),
        SamlFailure.OtherIssuer => Processing("Issuer is not the identity provider."),
        SamlFailure.OtherDestination => Processing("Destination or Recipient is not this endpoint."),
        SamlFailure.OtherAudience => Processing("Audience is not the user pool."),
        SamlFailure.NotYetValid => Processing("SAML Assertion is not yet valid."),
        SamlFailure.Expired => Processing("SAML Assertion has expired."),
        SamlFailure.NoName => Processing("NameID is required."),
        _ => Processing("A value has characters that are not supported."),
    };

    /// <summary>Whoever was refused there, or has refused, is told so as OAuth does (RFC 6749
    /// §4.1.2.1).</summary>
    private static FederationException Status(string? word) => new(
        word is "AuthnFailed" or "RequestDenied" ? "access_denied" : "server_error",
        $"{Prefix}Status is {word ?? "unknown"}.");

    private static FederationException Processing(string reason) => new("server_error", Prefix + reason);
}
