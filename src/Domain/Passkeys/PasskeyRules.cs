using Lifeguard.Contract;
using Lifeguard.Domain.SignIns;
using Lifeguard.Protocol.WebAuthn;

namespace Lifeguard.Domain.Passkeys;

/// <summary>What a pool asks of passkeys.</summary>
public static class PasskeyRules
{
    /// <summary>Passkeys of one user (doc).</summary>
    public const int MaxPerUser = 20;

    /// <summary>The algorithms that the service offers, the favourite one first (observed).</summary>
    public static readonly IReadOnlyList<int> Algorithms = [CoseAlgorithm.Es256, CoseAlgorithm.Rs256];

    /// <summary>Passkeys are one of the pool's first factors.</summary>
    public static bool IsEnabled(UserPool pool) => pool.AllowsFirstFactor(AuthFactorType.WebAuthn);

    /// <exception cref="ApiException">WebAuthnNotEnabledException.</exception>
    public static void MustBeEnabled(UserPool pool)
    {
        if (!IsEnabled(pool)) throw PasskeyRefusals.NotEnabled();
    }

    /// <summary>Whom the pool's passkeys are for: the configured party, or else the pool's own domain, the
    /// custom one before the prefix (doc). Null where there is neither.</summary>
    public static RelyingParty? PartyOf(UserPool pool, Deployment deployment) =>
        (pool.Factors.WebAuthn?.RelyingPartyId ?? pool.Settings.CustomDomain ?? HostOf(pool, deployment))
            is { } id
            ? new(id)
            : null;

    private static string? HostOf(UserPool pool, Deployment deployment) =>
        pool.Settings.Domain is { } prefix ? deployment.HostOf(prefix, pool.Region) : null;

    /// <summary><c>required</c> or <c>preferred</c>.</summary>
    /// <param name="user">Who signs in; null for a registration.</param>
    public static string Verification(UserPool pool, User? user = null) =>
        user is not null && FirstFactors.PasskeyIsBothFactors(pool, user)
            ? UserVerificationType.Required
            : pool.Factors.WebAuthn?.UserVerification ?? UserVerificationType.Preferred;

    /// <summary>The ceremony that answers this challenge.</summary>
    /// <param name="user">Who signs in; null for a registration.</param>
    public static Ceremony Expect(
        UserPool pool, RelyingParty party, byte[] challenge, User? user = null) =>
        new(party, challenge, Verification(pool, user) == UserVerificationType.Required);
}
