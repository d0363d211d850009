using System.Buffers.Text;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Protocol.WebAuthn;
using Lifeguard.Worlds.Passkeys;
using Xunit;

namespace Lifeguard.Protocol.Tests.WebAuthn;

/// <summary>The test vectors of Web Authentication Level 3 (§16). Their client data follow one template, so
/// only what differs stands here.</summary>
public sealed class SpecificationVectorTests
{
    // Both certificates of the vectors begin alike: issuer, dates, and subject but for the serial number.
    private const string CertificateNames =
        "3062311e301c06035504030c15576562417574686e207465737420766563746f7273310c300a060355040a0c0357334331"
        + "253023060355040b0c1c41757468656e74696361746f72204174746573746174696f6e204341310b3009060355040613"
        + "0241413020170d3234303130313030303030305a180f33303234303130313030303030305a305f311e301c0603550403"
        + "0c15576562417574686e207465737420766563746f7273310c300a060355040a0c0357334331223020060355040b0c19"
        + "41757468656e74696361746f72204174746573746174696f6e310b30090603550406130241413059301306072a8648ce"
        + "3d020106082a8648ce3d030107034200";

    private const string CertificateExtensions =
        "a360305e300c0603551d130101ff04023000300e0603551d0f0101ff040403020780301d0603551d0e04160414";

    private const string Authority =
        "301f0603551d2304183016801445aff715b0dd786741fee996ebc16547a3931b1e300a06082a8648ce3d040302";

    private const string PartyHash = "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5";

    private static readonly RelyingParty Party = new("example.org");

    public static TheoryData<string> Names => [.. Vectors.Keys];

    private static readonly Dictionary<string, Vector> Vectors = new()
    {
        // §16.2
        ["ES256 without attestation"] = new(
            "f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4",
            "00c30fb78531c464d2b6771dab8d7b603c01162f2fa486bea70f283ae556e130",
            "BkQeDjdcTBrXBiAwJTLE5Q",
            "a363666d74646e6f6e656761747453746d74a068617574684461746158a4" + PartyHash
            + "59000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad"
            + "94ff3ec330084be4a5010203262001215820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f"
            + "26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220",
            "39c0e7521417ba54d43e8dc95174f423dee9bf3cd804ff6d65c857c9abf4d408",
            null,
            "1900000000",
            "3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b9353"
            + "8174f575bf11a1dd5d78c6e486013f937295ea13653e331e87"),

        // §16.3
        ["ES256 with self attestation"] = new(
            "455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a865ecdca129cbef58c",
            "7869c2b772d4b58eba9378cf8f29e26cf935aa77df0da89fa99c0bdc0a76f7e5",
            "U9hTXvKE2URkMnb_0xYHVg",
            "a363666d74667061636b65646761747453746d74a263616c672663736967584630440220067a20754ab925005dbf37"
            + "8097c92120031581c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220"
            + "272178f473b6006d68617574684461746158a4" + PartyHash
            + "5d00000000df850e09db6afbdfab51697791506cfc0020455ef34e2043a87db3d4afeb39bbcb6cc32df9347c789a86"
            + "5ecdca129cbef58ca5010203262001215820eb151c8176b225cc651559fecf07af450fd85802046656b34c18f6cf19"
            + "3843c5225820927b8aa427a2be1b8834d233a2d34f61f13bfd44119c325d5896e183fee484f2",
            "4478a10b1352348dd160c1353b0d469b5db19eb91c27f7dfa6fed39fe26af20b",
            "gTb53rz6EhSWomXGzimC1Q",
            "0900000000",
            "304402203310b9431903c401f1be2bdc8d23a4007682dbbddcf846994947b7f465daf84002204e94dd00047b316061"
            + "b3b99772b7efd95994a83ef584b3b6b825ea3550251b66"),

        // §16.7
        ["ES256 with packed attestation"] = new(
            "c9a6f5b3462d02873fea0c56862234f99f081728084e511bb7760201a89054a5",
            "c1184a5fddf8045e13dc47f54b61f5a656b666b59018f16d870e9256e9952012",
            "9a8bNYjKCgWrBXU-fCl1ag",
            "a363666d74667061636b65646761747453746d74a363616c6726637369675847304502203f19ec4b229f46ab8c45ef"
            + "f29b904ff10c0390dc40bf1216f04a78f4ceba3425022100fe7041a32759aff05a0f9f26c70a999c7a284451ba8923"
            + "4a1d3483c25e21925b637835638159022530820221308201c8a00302010202110088c220f83c8ef1feafe94deae45f"
            + "aad0300a06082a8648ce3d040302" + CertificateNames
            + "04a91ba4389409dd38a428141940ca8feb1ac0d7b4350558104a3777a49322f3798440f378b3398ab2d3bb7bf91322"
            + "c92eb23556f59ad0a836fec4c7663b0e4dc3" + CertificateExtensions
            + "a589ba72d060842ab11f74fb246bdedab16f9b9b" + Authority
            + "034700304402201726b9d85ecd8a5ed51163722ca3a20886fd9b242a0aa0453d442116075defd502207ef471e530ac"
            + "87961a88a7f0d0c17b091ffc6b9238d30f79f635b417be5910e768617574684461746158a4" + PartyHash
            + "4d00000000876ca4f52071c3e9b25509ef2cdf7ed60020c9a6f5b3462d02873fea0c56862234f99f081728084e511b"
            + "b7760201a89054a5a50102032620012158201cf27f25da591208a4239c2e324f104f585525479a29edeedd830f48e7"
            + "7aeae522582059e4b7da6c0106e206ce390c93ab98a15a5ec3887e57f0cc2bece803b920c423",
            "b1106fa46a57bef1781511c0557dc898a03413d5f0f17d244630c194c7e1adb5",
            "AZMwyMxIbD8-uguFNp6r8Q",
            "0d00000000",
            "30450220694969d3ee928de6f02ef23a9c644d7d779916451734a94b432542f498a1ebe90221008b0819c824218a97"
            + "152cd099c55bfb1477b29d900a49a64018314f9bfccda163"),

        // §16.11
        ["Ed25519 with packed attestation"] = new(
            "ce9f840ed96599580cd140fbc7bb3230633f50f61041aff73308ae71caa8a2bd",
            "a8abf9dabdc6b0df63466b39bda9e8a34a34e185337a59f1c579990676d3b3bd",
            "B_DT5g7ZD_-9OTLYX5IvEQ",
            "a363666d74667061636b65646761747453746d74a363616c67266373696758483046022100d83f60bd802695375832"
            + "18858aefb03ac57d45fa06e42feaae332d187f62da9f022100a02bd3cb6f7e1d283c93bad1f3f4b5a4c0494463da7f"
            + "dbf256949116754d1f17637835638159022730820223308201c8a003020102021100b2cfc9ea33c8643b0e1a760463"
            + "eaf164300a06082a8648ce3d040302" + CertificateNames
            + "04dd2b7a564b73b8c0b81c4c62e521925c4d1198ec9f583dbf1eebe364b65cd9c29a9bdf346aaa81fb6b9507e5249a"
            + "52fdaf8e39e26b0b7dc45992a7e233b70f70" + CertificateExtensions
            + "0ae27546bc7eccb1b4b597bd354f0c0b1f1f8f8e" + Authority
            + "0349003046022100a0d434ecb5fc3bfd7da5f41904517ad2836249f561bd834ba7a438a8ab7a4ce8022100fac845bb"
            + "7a02513b58e9f319654dbe49b0f02b95835bac568c71f8a18cdde9ab6861757468446174615881" + PartyHash
            + "4100000000d5aa33581e8ca478e20fe713f5d32ff20020ce9f840ed96599580cd140fbc7bb3230633f50f61041aff7"
            + "3308ae71caa8a2bda401010327200621582044e06ddd331c36a8dc667bab52bcae63486c916aa5e339e6acebaa8493"
            + "4bf832",
            "895957e01c633a698348a2d8a31a54b7db27e8c1c43b2080d79ae2190267bfd2",
            null,
            "0100000000",
            "f5c59c7e46c34f6f8cc197101ddf9934fa2595f68eb1913a637e8419eb9ba4cfdfc48f85393bc0d40b011f0d6fecb0"
            + "97d6607525713223a0dc0d453993dae00b"),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Registrations_and_assertions_hold(string name)
    {
        var vector = Vectors[name];
        var registered = Register(vector);
        Assert.Equal(vector.CredentialId, Convert.ToHexStringLower(registered.Id));
        var proof = Prove(vector, registered.PublicKey, registered.IsBackupEligible);
        Assert.Equal(0u, proof.SignCount);
    }

    // §16.10, whose key is made of two Mersenne primes.
    [Fact]
    public void An_assertion_by_RSA_holds()
    {
        var modulus = (BigInteger.Pow(2, 1279) - 1) * (BigInteger.Pow(2, 2203) - 1);
        var key = PasskeyKey.Map(
            (1, 3),
            (3, -257),
            (-1, modulus.ToByteArray(isUnsigned: true, isBigEndian: true)),
            (-2, new byte[] { 1, 0, 1 }));
        var vector = new Vector(
            "992a18acc83f67533600c1138a4b4c4bd236de13629cf025ed17cb00b00b74df",
            "",
            null,
            "",
            "295f59f5fa8fe62c5aca9e27626c78c8da376ae6d8cd2dd29aebad601e1bc4c5",
            null,
            "1900000000",
            "01063d52d7c39b4d432fc7063c5d93e582bdcb16889cd71f888d67d880ea730a428498d3bc8e1ee11f2b1ecbe6c292"
            + "b118c55ffaaddefa8cad0a54dd137c51f1eec673f1bb6c4d1789d6826a222b22d0f585fc901fdc933212e579d199b8"
            + "9d672aa44891333e6a1355536025e82b25590256c3538229b55737083b2f6b9377e49e2472f11952f79fdd0da180b5"
            + "ffd901b4049a8f081bb40711bef76c62aed943571f2d0575304cb549d68d8892f95086a30f93716aee818f8dc06e96"
            + "c0d5e0ed4cfa9fd8773d90464b68cf140f7986666ff9c9e3302acd0535d60d769f465e2ab57ef8aabc89fccfef7ba3"
            + "2a64154a8b3d26be2298f470b8cc5377dbe3dfd4b0b45f8f01e63bde6cfc76b62771f9b70aa27cf40152cad93aa5ac"
            + "d784fd4b90f676e2ea828d0bf2400aebbaae4153e5838f537f88b6228346782a93a899be66ec77de45b3efcf311da6"
            + "321c92e6b0cd11bfe653bf3e98cee8e341f02d67dbb6f9c98d9e8178090cfb5b70fbc6d541599ac794ae2f1d4de128"
            + "6ec8de8c2daf7b1d15c8438e90d924df5c19045220a4c8438c1b979bbe016cf3d0eeec23c3999d4882cc645b776de9"
            + "30756612cdc6dd398160ff02a6");
        Assert.False(Prove(vector, key, isBackupEligible: true).UserVerified);
    }

    private static RegisteredKey Register(Vector vector)
    {
        using var json = JsonDocument.Parse(Credential(vector, new()
        {
            ["clientDataJSON"] = ClientData("webauthn.create", vector.Challenge, vector.Extra),
            ["attestationObject"] = Text(vector.AttestationObject),
        }));
        return RegistrationCeremony.Verify(
            RegistrationAnswer.Read(json.RootElement),
            new(Party, Convert.FromHexString(vector.Challenge), false),
            CoseAlgorithm.Known);
    }

    private static KeyProof Prove(
        Vector vector, byte[] publicKey, bool isBackupEligible) => AssertionCeremony.Verify(
        AssertionAnswer.Read(Credential(vector, new()
        {
            ["clientDataJSON"] = ClientData("webauthn.get", vector.SignInChallenge, vector.SignInExtra),
            ["authenticatorData"] = Text(PartyHash + vector.FlagsAndCount),
            ["signature"] = Text(vector.Signature),
        })),
        new(Party, Convert.FromHexString(vector.SignInChallenge), false),
        new(Convert.FromHexString(vector.CredentialId), publicKey, 0, isBackupEligible, []));

    private static string Credential(Vector vector, JsonObject response) => new JsonObject
    {
        ["id"] = Text(vector.CredentialId),
        ["rawId"] = Text(vector.CredentialId),
        ["type"] = "public-key",
        ["response"] = response,
    }.ToJsonString();

    private static string ClientData(string type, string challenge, string? extra)
    {
        var data = $"{{\"type\":\"{type}\",\"challenge\":\"{Text(challenge)}\","
            + "\"origin\":\"https://example.org\",\"crossOrigin\":false";
        if (extra is not null)
        {
            data += ",\"extraData\":\"clientDataJSON may be extended with additional fields in the future, "
                + $"such as this: {extra}\"";
        }

        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(data + "}"));
    }

    private static string Text(string hex) => Base64Url.EncodeToString(Convert.FromHexString(hex));

    private sealed record Vector(
        string CredentialId, string Challenge, string? Extra, string AttestationObject,
        string SignInChallenge, string? SignInExtra, string FlagsAndCount, string Signature);
}
