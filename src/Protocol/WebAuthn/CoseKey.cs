using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>The public key of a credential (RFC 9052 §7), of one of the algorithms that
/// <see cref="CoseAlgorithm"/> knows.</summary>
internal sealed class CoseKey
{
    private const int KeyType = 1;
    private const int AlgorithmLabel = 3;
    private const int CurveOrModulus = -1;
    private const int XOrExponent = -2;
    private const int YLabel = -3;

    private const int MinModulus = 256;
    private const int MaxModulus = 512;
    private const int MaxExponent = 4;

    private readonly byte[] first;
    private readonly byte[] second;

    private CoseKey(int algorithm, byte[] first, byte[] second) =>
        (Algorithm, this.first, this.second) = (algorithm, first, second);

    public int Algorithm { get; }

    /// <summary>The key, read and found to be one.</summary>
    /// <exception cref="WebAuthnException">Malformed, or of another algorithm.</exception>
    public static CoseKey Read(CborReader reader)
    {
        var key = From(Members.Read(reader));
        try
        {
            // A point that is not on the curve is found only by using it.
            key.Verifies([], []);
            return key;
        }
        catch (CryptographicException)
        {
            throw WebAuthnException.Malformed();
        }
    }

    /// <summary>Is this the key's signature over the data?</summary>
    public bool Verifies(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data)
    {
        switch (Algorithm)
        {
            case CoseAlgorithm.EdDsa:
                return SignatureCheck.Ed25519(first, signature, data);
            case CoseAlgorithm.Rs256:
                using (var rsa = RSA.Create(new RSAParameters { Modulus = first, Exponent = second }))
                    return SignatureCheck.Rsa(rsa, signature, data);
            default:
                using (var ecdsa = ECDsa.Create(Point()))
                    return SignatureCheck.Ecdsa(ecdsa, SignatureCheck.HashOf(Algorithm), signature, data);
        }
    }

    private ECParameters Point() => new()
    {
        Curve = Algorithm == CoseAlgorithm.Es256
            ? ECCurve.NamedCurves.nistP256
            : ECCurve.NamedCurves.nistP384,
        Q = new ECPoint { X = first, Y = second },
    };

    /// <summary>Each algorithm has the one curve that WebAuthn §5.8.5 gives it, and points come
    /// uncompressed.</summary>
    private static CoseKey From(Members given) => given switch
    {
        { Type: 2, Algorithm: CoseAlgorithm.Es256, Curve: 1, Second.Length: 32, Third.Length: 32 } =>
            new(CoseAlgorithm.Es256, given.Second, given.Third),
        { Type: 2, Algorithm: CoseAlgorithm.Es384, Curve: 2, Second.Length: 48, Third.Length: 48 } =>
            new(CoseAlgorithm.Es384, given.Second, given.Third),
        { Type: 1, Algorithm: CoseAlgorithm.EdDsa, Curve: 6, Second.Length: 32 } =>
            new(CoseAlgorithm.EdDsa, given.Second, []),
        {
            Type: 3, Algorithm: CoseAlgorithm.Rs256,
            Modulus.Length: >= MinModulus and <= MaxModulus, Second.Length: >= 1 and <= MaxExponent,
        } when given.Modulus[0] != 0 && (given.Modulus[^1] & given.Second[^1] & 1) == 1 =>
            new(CoseAlgorithm.Rs256, given.Modulus, given.Second),
        { Algorithm: { } other } when !CoseAlgorithm.Known.Any(known => known == other) =>
            throw new WebAuthnException(WebAuthnFailure.AlgorithmNotOffered),
        _ => throw WebAuthnException.Malformed(),
    };

    /// <summary>What the labels mean depends on the key's type.</summary>
    private sealed record Members
    {
        public long? Type { get; private set; }

        public long? Algorithm { get; private set; }

        public long? Curve { get; private set; }

        public byte[]? Modulus { get; private set; }

        public byte[]? Second { get; private set; }

        public byte[]? Third { get; private set; }

        public static Members Read(CborReader reader)
        {
            var members = new Members();
            reader.ReadStartMap();
            while (reader.PeekState() != CborReaderState.EndMap) members.ReadNext(reader);
            reader.ReadEndMap();
            return members;
        }

        private void ReadNext(CborReader reader)
        {
            switch (WholeCbor.NextLabel(reader))
            {
                case KeyType:
                    Type = reader.ReadInt64();
                    break;
                case AlgorithmLabel:
                    Algorithm = reader.ReadInt64();
                    break;
                case CurveOrModulus when WholeCbor.IsInteger(reader):
                    Curve = reader.ReadInt64();
                    break;
                case CurveOrModulus:
                    Modulus = reader.ReadByteString();
                    break;
                case XOrExponent:
                    Second = reader.ReadByteString();
                    break;
                case YLabel:
                    Third = reader.ReadByteString();
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }
    }
}
