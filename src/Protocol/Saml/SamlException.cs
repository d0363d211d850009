namespace Lifeguard.Protocol.Saml;

/// <summary>Why what a provider said is not taken.</summary>
public enum SamlFailure
{
    /// <summary>It cannot be read, or it is not built as a SAML message that is to be believed.</summary>
    Malformed,

    /// <summary>It is longer than it may be.</summary>
    TooLarge,

    /// <summary>The provider says that it did not do what it was asked for.</summary>
    Status,

    /// <summary>Nothing is signed that anything could be believed of.</summary>
    NotSigned,

    /// <summary>The signature is not one of the provider's keys', or not of what it stands in.</summary>
    Signature,

    /// <summary>It is signed or encrypted in a way that is not taken.</summary>
    Algorithm,

    /// <summary>It should be encrypted, and is not.</summary>
    NotEncrypted,

    /// <summary>It should not be encrypted, and is.</summary>
    Encrypted,

    /// <summary>It is not encrypted to the service provider, or what was encrypted is no assertion.</summary>
    Decryption,

    /// <summary>Somebody else says it.</summary>
    OtherIssuer,

    /// <summary>It was meant for another address.</summary>
    OtherDestination,

    /// <summary>It was meant for another service provider.</summary>
    OtherAudience,

    /// <summary>It answers another request, or none.</summary>
    OtherRequest,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It does not say whom it is about.</summary>
    NoName,

    /// <summary>There are characters in it that are not taken.</summary>
    Characters,
}

/// <summary>A message of a SAML provider that is not taken. Never carries any part of it.</summary>
public sealed class SamlException(SamlFailure failure)
    : Exception($"The message of the SAML provider is not taken: {failure}.")
{
    public SamlFailure Failure { get; } = failure;

    /// <summary>The provider's reason, one of the words of saml-core §3.2.2.2; null where it gives none, or
    /// one of its own.</summary>
    public string? Status { get; init; }

    internal static SamlException Malformed() => new(SamlFailure.Malformed);
}
