using Lifeguard.Contract;
using Lifeguard.Protocol.WebAuthn;

namespace Lifeguard.Domain.Passkeys;

/// <summary>What a pool asks of passkeys.</summary>
public static class PasskeyRules
{
    /// <summary>Passkeys of one user (doc).</summary>
    public const int MaxPerUser = 20;

    /// <summary>The algorithms that the service offers, the favourite one first (observed).</summary>
    public static readonly IReadOnlyList<int> Algorithms = [CoseAlgorithm.Es256, CoseAlgorithm.Rs256];

    /// <exception cref="ApiException">WebAuthnNotEnabledException.</exception>
    public static void MustBeEnabled(UserPool pool)
    {
        if (!pool.AllowsFirstFactor(AuthFactorType.WebAuthn)) throw PasskeyRefusals.NotEnabled();
    }

    /// <summary>Whom the pool's passkeys are for: the configured party, or else the pool's own domain (doc).
    /// Null where there is neither.</summary>
    public static RelyingParty? PartyOf(UserPool pool) =>
        (pool.Factors.WebAuthn?.RelyingPartyId ?? pool.Settings.CustomDomain) is { } id ? new(id) : null;

    /// <summary><c>required</c> or <c>preferred</c>.</summary>
    public static string Verification(UserPool pool) =>
        pool.Factors.WebAuthn?.UserVerification ?? UserVerificationType.Preferred;

    /// <summary>The ceremony that answers this challenge.</summary>
    public static Ceremony Expect(UserPool pool, RelyingParty party, byte[] challenge) =>
        new(party, challenge, Verification(pool) == UserVerificationType.Required);
}
