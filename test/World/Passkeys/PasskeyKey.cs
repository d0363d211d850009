using System.Formats.Cbor;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Lifeguard.Worlds.Passkeys;

/// <summary>The key pair of a passkey.</summary>
/// <param name="Cose">The public half, as authenticators send it.</param>
public sealed record PasskeyKey(int Algorithm, byte[] Cose, Func<byte[], byte[]> Sign)
{
    public static PasskeyKey Es256() => Ecdsa(-7, 1, ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256);

    public static PasskeyKey Es384() => Ecdsa(-35, 2, ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384);

    public static PasskeyKey Es512() => Ecdsa(-36, 3, ECCurve.NamedCurves.nistP521, HashAlgorithmName.SHA512);

    public static PasskeyKey EdDsa()
    {
        var key = Key.Create(
            SignatureAlgorithm.Ed25519,
            new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        var x = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        return new(
            -8, Map((1, 1), (3, -8), (-1, 6), (-2, x)), data => SignatureAlgorithm.Ed25519.Sign(key, data));
    }

    /// <summary>Signatures of one key over the same data are equal, so transcripts can show them.</summary>
    public static PasskeyKey Rs256(RSA key)
    {
        var parameters = key.ExportParameters(false);
        return new(
            -257,
            Map((1, 3), (3, -257), (-1, parameters.Modulus!), (-2, parameters.Exponent!)),
            data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>A CBOR map of labels to numbers and bytes, in the order given.</summary>
    public static byte[] Map(params (int Label, object Value)[] members)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        writer.WriteStartMap(members.Length);
        foreach (var (label, value) in members)
        {
            writer.WriteInt32(label);
            if (value is int number) writer.WriteInt32(number);
            else writer.WriteByteString((byte[])value);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private static PasskeyKey Ecdsa(int algorithm, int curve, ECCurve named, HashAlgorithmName hash)
    {
        var key = ECDsa.Create(named);
        var point = key.ExportParameters(false).Q;
        return new(
            algorithm,
            Map((1, 2), (3, algorithm), (-1, curve), (-2, point.X!), (-3, point.Y!)),
            data => key.SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence));
    }
}
