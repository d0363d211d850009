using System.Security.Cryptography;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>A key as it is stored.</summary>
/// <param name="SignCount">Of its last use; 0 for keys that do not count.</param>
/// <param name="UserHandle">Whose it is.</param>
public sealed record StoredKey(
    byte[] Id, byte[] PublicKey, uint SignCount, bool IsBackupEligible, byte[] UserHandle);

/// <summary>A proof that held.</summary>
/// <param name="SignCount">To be stored.</param>
/// <param name="UserVerified">The user was verified, by a PIN or a finger.</param>
public sealed record KeyProof(uint SignCount, bool UserVerified);

/// <summary>Proving that one has a key (WebAuthn §7.2).</summary>
public static class AssertionCeremony
{
    /// <summary>What <paramref name="answer"/> proves.</summary>
    /// <exception cref="WebAuthnException">It is not an answer to what was asked, or not the key's.
    /// </exception>
    public static KeyProof Verify(AssertionAnswer answer, Ceremony expected, StoredKey stored)
    {
        if (!answer.Id.AsSpan().SequenceEqual(stored.Id)
            || (answer.UserHandle is { } handle && !handle.AsSpan().SequenceEqual(stored.UserHandle)))
            throw new WebAuthnException(WebAuthnFailure.OtherCredential);
        ClientData.Parse(answer.ClientDataJson).MustBe(ClientData.Get, expected);
        var data = AuthenticatorData.Parse(answer.AuthenticatorData);
        expected.MustBeMetBy(data);
        if (data.Has(AuthenticatorFlags.BackupEligible) != stored.IsBackupEligible)
            throw new WebAuthnException(WebAuthnFailure.BackupEligibility);
        byte[] signed = [.. answer.AuthenticatorData, .. SHA256.HashData(answer.ClientDataJson)];
        if (!WholeCbor.Read(stored.PublicKey, CoseKey.Read).Verifies(answer.Signature, signed))
            throw new WebAuthnException(WebAuthnFailure.Signature);
        // Keys that do not count send zero for ever; any other has to go up with each use.
        if ((data.SignCount != 0 || stored.SignCount != 0) && data.SignCount <= stored.SignCount)
            throw new WebAuthnException(WebAuthnFailure.SignCount);
        return new(data.SignCount, data.Has(AuthenticatorFlags.UserVerified));
    }
}
