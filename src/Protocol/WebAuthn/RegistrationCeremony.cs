using System.Security.Cryptography;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>A key that has proved to be what it says.</summary>
/// <param name="PublicKey">As COSE has it.</param>
/// <param name="Aaguid">The model of the authenticator, not vouched for; zeros where it does not say.</param>
/// <param name="IsBackupEligible">It may be on several devices of its user. That never changes.</param>
public sealed record RegisteredKey(
    byte[] Id, byte[] PublicKey, Guid Aaguid, uint SignCount, bool IsBackupEligible);

/// <summary>Making a new key (WebAuthn §7.1).</summary>
public static class RegistrationCeremony
{
    /// <summary>The key that <paramref name="answer"/> holds.</summary>
    /// <param name="algorithms">Those that were offered.</param>
    /// <exception cref="WebAuthnException">It is not an answer to what was asked.</exception>
    public static RegisteredKey Verify(
        RegistrationAnswer answer, Ceremony expected, IReadOnlyCollection<int> algorithms)
    {
        ClientData.Parse(answer.ClientDataJson).MustBe(ClientData.Create, expected);
        var attestation = AttestationObject.Parse(answer.AttestationObject);
        var data = AuthenticatorData.Parse(attestation.AuthenticatorData);
        expected.MustBeMetBy(data);
        if (data.AttestedKey is not { } made || !made.Id.AsSpan().SequenceEqual(answer.Id))
            throw WebAuthnException.Malformed();
        if (!algorithms.Contains(made.Key.Algorithm))
            throw new WebAuthnException(WebAuthnFailure.AlgorithmNotOffered);
        MustHold(attestation, made, answer.ClientDataJson);
        return new(
            made.Id,
            made.PublicKey,
            made.Aaguid,
            data.SignCount,
            data.Has(AuthenticatorFlags.BackupEligible));
    }

    /// <summary>Attestation is never asked for, so a statement may be of any format. One of a format that is
    /// not verified here counts as none, which claims nothing.</summary>
    private static void MustHold(AttestationObject attestation, AttestedKey made, byte[] clientDataJson)
    {
        switch (attestation.Format)
        {
            case "none":
                // An empty map (WebAuthn §8.7).
                if (!attestation.Statement.Span.SequenceEqual<byte>([0xa0]))
                    throw new WebAuthnException(WebAuthnFailure.Attestation);
                break;
            case "packed":
                byte[] signed = [.. attestation.AuthenticatorData.Span, .. SHA256.HashData(clientDataJson)];
                PackedStatement.MustHold(attestation.Statement, made, signed);
                break;
        }
    }
}
