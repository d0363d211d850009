namespace Lifeguard.Protocol.WebAuthn;

/// <summary>Why what an authenticator said is not taken.</summary>
public enum WebAuthnFailure
{
    /// <summary>It cannot be read, is too large, or contradicts itself.</summary>
    Malformed,

    /// <summary>It answers another challenge.</summary>
    OtherChallenge,

    /// <summary>It was made on a page, or in a frame, that the relying party does not own.</summary>
    OtherOrigin,

    /// <summary>It was made for another relying party.</summary>
    OtherRelyingParty,

    /// <summary>Nobody was there, or the user was not verified where that is required.</summary>
    UserNotVerified,

    /// <summary>The key is for an algorithm that was not offered.</summary>
    AlgorithmNotOffered,

    /// <summary>The statement about where the key comes from is not true.</summary>
    Attestation,

    /// <summary>The signature is not the key's.</summary>
    Signature,

    /// <summary>It belongs to another credential or user.</summary>
    OtherCredential,

    /// <summary>The counter went back, so there may be a copy of the key.</summary>
    SignCount,

    /// <summary>A key that could not be copied can be now, or the other way round.</summary>
    BackupEligibility,
}

/// <summary>An answer of an authenticator that is not taken. Never carries any part of it.</summary>
public sealed class WebAuthnException(WebAuthnFailure failure)
    : Exception($"The answer of the authenticator is not taken: {failure}.")
{
    public WebAuthnFailure Failure { get; } = failure;

    internal static WebAuthnException Malformed() => new(WebAuthnFailure.Malformed);
}
