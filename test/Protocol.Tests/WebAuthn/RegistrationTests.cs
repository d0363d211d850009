using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Protocol.WebAuthn;
using Lifeguard.Worlds.Passkeys;
using Xunit;
using static Lifeguard.Protocol.Tests.WebAuthn.Ceremonies;

namespace Lifeguard.Protocol.Tests.WebAuthn;

public sealed class RegistrationTests
{
    private static readonly RSA Rsa = RSA.Create(2048);

    public static TheoryData<string> Keys => ["ES256", "ES384", "EdDSA", "RS256"];

    public static TheoryData<string> Malformations =>
    [
        "no key", "other id", "empty id", "long id", "cut in the head", "cut in the key", "bytes at the end",
        "copied yet not to be copied", "extensions that are none", "extensions cut off",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Takes_a_key_of_each_algorithm(string name)
    {
        var authenticator = new SoftwareAuthenticator(KeyOf(name)) { SignCount = 7, IsSynced = false };
        var key = Register(authenticator);
        Assert.Equal(authenticator.Id, key.Id);
        Assert.Equal(authenticator.Aaguid, key.Aaguid);
        Assert.Equal(7u, key.SignCount);
        Assert.False(key.IsBackupEligible);
        authenticator.SignCount = 8;
        Assert.Equal(new(8, true), Prove(authenticator, Stored(key)));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Takes_a_key_that_vouches_for_itself(string name) =>
        Assert.True(Register(new SoftwareAuthenticator(KeyOf(name)) { Statement = PasskeyStatement.Self })
            .IsBackupEligible);

    [Fact]
    public void Takes_a_key_that_a_certificate_vouches_for()
    {
        Assert.NotEmpty(Register(With(PasskeyStatement.Certified())).PublicKey);
        Assert.NotEmpty(Register(With(PasskeyStatement.Certified(new() { NamesAaguid = false }))).PublicKey);
    }

    [Fact]
    public void Takes_a_statement_of_a_format_that_is_not_looked_at_as_none() =>
        Assert.NotEmpty(Register(With(new("tpm", (_, _, _) => [("ver", 2)]))).PublicKey);

    [Fact]
    public void Only_keys_of_the_algorithms_offered_are_taken()
    {
        Assert.Null(FailureOf(() => Register(new SoftwareAuthenticator(), false, -7, -257)));
        foreach (var key in new[] { PasskeyKey.Es384(), PasskeyKey.EdDsa(), PasskeyKey.Es512() })
        {
            Assert.Equal(
                WebAuthnFailure.AlgorithmNotOffered,
                FailureOf(() => Register(new SoftwareAuthenticator(key), false, -7, -257)));
        }
    }

    [Fact]
    public void An_answer_to_something_else_is_refused()
    {
        Assert.Equal(WebAuthnFailure.OtherChallenge, Altered("challenge", Base64Url.EncodeToString([1, 2])));
        Assert.Equal(WebAuthnFailure.OtherChallenge, Altered("challenge", ""));
        Assert.Equal(WebAuthnFailure.Malformed, Altered("challenge", "AQI="));
        Assert.Equal(WebAuthnFailure.Malformed, Altered("type", "webauthn.get"));
        Assert.Equal(WebAuthnFailure.Malformed, Altered("type", 7));
        Assert.Equal(WebAuthnFailure.Malformed, Altered("origin", null));
        Assert.Equal(WebAuthnFailure.OtherOrigin, Altered("origin", "https://badexample.org"));
        Assert.Equal(WebAuthnFailure.OtherOrigin, Altered("crossOrigin", true));
        Assert.Equal(WebAuthnFailure.Malformed, Altered("crossOrigin", "false"));
        Assert.Equal(WebAuthnFailure.OtherOrigin, Altered("topOrigin", "https://example.org"));
        Assert.Null(Altered("extra", "clients may add members"));
        var options = CreateOptions();
        options["rp"]!["id"] = "org";
        Assert.Equal(
            WebAuthnFailure.OtherRelyingParty,
            FailureOf(() => Register(new SoftwareAuthenticator().Create(options))));
    }

    [Theory]
    [InlineData("""{"type":"webauthn.create","type":"webauthn.create","challenge":"x","origin":"y"}""")]
    [InlineData("""["webauthn.create"]""")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    public void Client_data_that_are_no_plain_object_are_refused(string json) => Assert.Equal(
        WebAuthnFailure.Malformed,
        FailureOf(() => Register(new SoftwareAuthenticator
        {
            AlterClientDataBytes = _ => Encoding.UTF8.GetBytes(json),
        })));

    [Fact]
    public void Client_data_that_are_not_UTF_8_or_too_large_are_refused()
    {
        Assert.Equal(WebAuthnFailure.Malformed, Altered("extra", new string('x', 8 * 1024)));
        Assert.Equal(
            WebAuthnFailure.Malformed,
            FailureOf(() => Register(new SoftwareAuthenticator
            {
                AlterClientDataBytes = bytes =>
                {
                    bytes[^3] = 0xff;
                    return bytes;
                },
                AlterClientData = data => data["origin"] = "https://example.org",
            })));
    }

    [Fact]
    public void The_user_has_to_be_there_and_verified_where_that_is_asked()
    {
        Assert.Equal(
            WebAuthnFailure.UserNotVerified,
            FailureOf(() => Register(new SoftwareAuthenticator { IsUserPresent = false })));
        Assert.Null(FailureOf(() => Register(new SoftwareAuthenticator { IsUserVerified = false })));
        Assert.Equal(
            WebAuthnFailure.UserNotVerified,
            FailureOf(() => Register(new SoftwareAuthenticator { IsUserVerified = false }, verified: true)));
    }

    [Theory]
    [MemberData(nameof(Malformations))]
    public void Authenticator_data_that_cannot_be_are_refused(string what)
    {
        var authenticator = new SoftwareAuthenticator();
        authenticator.AlterAuthenticatorData = data => Broken(what, data);
        if (what == "empty id") authenticator.Id = [];
        if (what == "long id") authenticator.Id = new byte[1024];
        var credential = authenticator.Create(CreateOptions());
        if (what == "other id") Rename(credential, Base64Url.EncodeToString([1, 2, 3]));
        Assert.Equal(WebAuthnFailure.Malformed, FailureOf(() => Register(credential)));
    }

    [Fact]
    public void The_longest_id_is_taken() => Assert.Equal(
        1023, Register(new SoftwareAuthenticator { Id = [.. Enumerable.Repeat((byte)7, 1023)] }).Id.Length);

    [Fact]
    public void Extensions_are_not_looked_at() => Assert.NotEmpty(
        Register(new SoftwareAuthenticator { Extensions = [0xa1, 0x63, .. "foo"u8, 0xf5] }).PublicKey);

    [Fact]
    public void Keys_that_are_none_are_refused()
    {
        var point = new byte[32];
        var es256 = PasskeyKey.Es256();
        byte[][] keys =
        [
            [0xa0],
            [0x80],
            [0xf6],
            PasskeyKey.Map((1, 2), (3, -7), (-1, 1), (-2, point), (-3, point)),
            PasskeyKey.Map((1, 2), (3, -7), (-1, 2), (-2, point), (-3, point)),
            PasskeyKey.Map((1, 2), (3, -7), (-1, 1), (-2, point)),
            PasskeyKey.Map((1, 2), (3, -7), (-1, 1), (-2, 1), (-3, point)),
            PasskeyKey.Map((1, 1), (3, -8), (-1, 6), (-2, new byte[31])),
            PasskeyKey.Map((1, 3), (3, -257), (-1, new byte[256]), (-2, new byte[] { 1, 0, 1 })),
            PasskeyKey.Map((1, 3), (3, -257), (-1, Odd(128)), (-2, new byte[] { 1, 0, 1 })),
            PasskeyKey.Map((1, 3), (3, -257), (-1, Odd(513)), (-2, new byte[] { 1, 0, 1 })),
            PasskeyKey.Map((1, 3), (3, -257), (-1, Odd(256)), (-2, new byte[] { 1, 0, 0, 0, 1 })),
            // The same label twice, so that two readers could see two keys.
            [.. (byte[])[0xa6], .. es256.Cose[1..], .. es256.Cose[1..3]],
        ];
        Assert.All(keys, cose => Assert.Equal(
            WebAuthnFailure.Malformed,
            FailureOf(() => Register(new SoftwareAuthenticator(es256 with { Cose = cose })))));
    }

    [Fact]
    public void Statements_that_are_not_true_are_refused()
    {
        var other = PasskeyKey.Es256();
        PasskeyStatement[] statements =
        [
            new("none", (_, _, _) => [("sig", new byte[1])]),
            new("packed", (signed, _, _) => [("alg", -7), ("sig", other.Sign(signed))]),
            new("packed", (signed, key, _) => [("alg", -257), ("sig", key.Sign(signed))]),
            new("packed", (_, key, _) => [("alg", -7), ("sig", key.Sign([1]))]),
            new("packed", (_, _, _) => [("alg", -7), ("sig", Array.Empty<byte>())]),
            new("packed", (signed, key, _) =>
                [("alg", -7), ("sig", key.Sign(signed)), ("x5c", new[] { new byte[] { 0x30, 0 } })]),
            PasskeyStatement.Certified(new() { Country = "se" }),
            PasskeyStatement.Certified(new() { Unit = "Other" }),
            PasskeyStatement.Certified(new() { Organization = null }),
            PasskeyStatement.Certified(new() { CommonName = null }),
            PasskeyStatement.Certified(new() { IsAuthority = true }),
            PasskeyStatement.Certified(new() { IsAuthority = null }),
            PasskeyStatement.Certified(new() { IsAaguidCritical = true }),
            PasskeyStatement.Certified(new() { Aaguid = Guid.Empty }),
        ];
        Assert.All(statements, statement => Assert.Equal(
            WebAuthnFailure.Attestation, FailureOf(() => Register(With(statement)))));
    }

    [Fact]
    public void Statements_that_cannot_be_read_are_refused()
    {
        PasskeyStatement[] statements =
        [
            new("packed", (_, _, _) => []),
            new("packed", (signed, key, _) => [("sig", key.Sign(signed))]),
            new("packed", (_, _, _) => [("alg", -7)]),
            new("packed", (signed, key, _) =>
                [("alg", -7), ("sig", key.Sign(signed)), ("x5c", Array.Empty<byte[]>())]),
            new("packed", (signed, key, _) =>
                [("alg", -7), ("sig", key.Sign(signed)), ("ecdaaKeyId", new byte[3])]),
            new("", (_, _, _) => []),
        ];
        Assert.All(statements, statement => Assert.Equal(
            WebAuthnFailure.Malformed, FailureOf(() => Register(With(statement)))));
    }

    [Fact]
    public void Attestation_objects_that_are_not_one_map_are_refused()
    {
        var nested = new byte[30_000];
        Array.Fill(nested, (byte)0x81);
        Func<byte[], byte[]>[] alterations =
        [
            bytes => [.. bytes, 0],
            bytes => [.. bytes, .. bytes],
            bytes => bytes[..^1],
            _ => [],
            _ => [0xa0],
            _ => [0x80],
            _ => nested,
            bytes => [0xa4, .. bytes[1..], 0x63, .. "fmt"u8, 0x64, .. "none"u8],
            bytes => [.. bytes, .. new byte[33 * 1024]],
        ];
        Assert.All(alterations, alter => Assert.Equal(
            WebAuthnFailure.Malformed,
            FailureOf(() => Register(new SoftwareAuthenticator { AlterProof = alter }))));
    }

    [Fact]
    public void The_JSON_around_it_is_read_strictly()
    {
        Action<JsonObject>[] alterations =
        [
            json => json["type"] = "password",
            json => json.Remove("type"),
            json => json["id"] = "AAAA",
            json => Rename(json, ""),
            json => json["rawId"] = 7,
            json => json["response"] = "text",
            json => json.Remove("response"),
            json => json["response"]!["clientDataJSON"] = null,
            json => json["response"]!["attestationObject"] = "+/==",
            json => json["response"]!["attestationObject"] = new string('A', 50_000),
            json => json["response"]!["transports"] = "usb",
            json => json["response"]!["transports"] = new JsonArray("USB"),
            json => json["response"]!["transports"] = new JsonArray(7),
            json => json["response"]!["transports"] =
                new JsonArray([.. Enumerable.Range(0, 11).Select(each => JsonValue.Create($"t{each}"))]),
        ];
        Assert.All(alterations, alter =>
        {
            var credential = new SoftwareAuthenticator().Create(CreateOptions());
            alter(credential);
            Assert.Equal(WebAuthnFailure.Malformed, FailureOf(() => Register(credential)));
        });
        Assert.Equal(WebAuthnFailure.Malformed, FailureOf(() => Register(JsonValue.Create("text")!)));
        Assert.Equal(WebAuthnFailure.Malformed, FailureOf(() => Register(new JsonArray())));
    }

    [Fact]
    public void No_bit_of_a_self_vouched_registration_can_be_changed_unnoticed()
    {
        var credential = new SoftwareAuthenticator { Statement = PasskeyStatement.Self }
            .Create(CreateOptions());
        foreach (var member in (string[])["clientDataJSON", "attestationObject"])
        {
            var bytes = Base64Url.DecodeFromChars(credential["response"]![member]!.GetValue<string>());
            Assert.All(Tampering.OfEachByte(bytes), altered =>
            {
                // A statement of a format that nobody knows claims nothing; that is no change of the key.
                if (altered.AsSpan().IndexOf("packed"u8) < 0 && member == "attestationObject") return;
                var copy = credential.DeepClone();
                copy["response"]![member] = Base64Url.EncodeToString(altered);
                Assert.NotNull(FailureOf(() => Register(copy)));
            });
        }
    }

    [Fact]
    public void Random_bytes_are_refused_without_an_error()
    {
        var random = new Random(1);
        for (var i = 0; i < 3_000; i++)
        {
            var credential = new SoftwareAuthenticator(PasskeyKey.Es256(), "id").Create(CreateOptions());
            var bytes = Base64Url.DecodeFromChars(
                credential["response"]!["attestationObject"]!.GetValue<string>());
            var from = random.Next(bytes.Length);
            random.NextBytes(bytes.AsSpan(from, random.Next(bytes.Length - from)));
            credential["response"]!["attestationObject"] = Base64Url.EncodeToString(bytes);
            // Without a statement nothing protects what is random in it; only errors count here.
            FailureOf(() => Register(credential));
        }
    }

    private static PasskeyKey KeyOf(string name) => name switch
    {
        "ES256" => PasskeyKey.Es256(),
        "ES384" => PasskeyKey.Es384(),
        "EdDSA" => PasskeyKey.EdDsa(),
        _ => PasskeyKey.Rs256(Rsa),
    };

    private static void Rename(JsonObject credential, string id)
    {
        credential["id"] = id;
        credential["rawId"] = id;
    }

    private static SoftwareAuthenticator With(PasskeyStatement statement) => new() { Statement = statement };

    private static WebAuthnFailure? Altered(string member, JsonNode? value) => FailureOf(
        () => Register(new SoftwareAuthenticator { AlterClientData = data => data[member] = value }));

    private static byte[] Odd(int length) => [.. Enumerable.Repeat((byte)0xff, length)];

    private static byte[] Broken(string what, byte[] data) => what switch
    {
        "no key" => [.. data[..32], 0x05, .. data[33..37]],
        "cut in the head" => data[..36],
        "cut in the key" => data[..^1],
        "bytes at the end" => [.. data, 0],
        "copied yet not to be copied" => [.. data[..32], (byte)(data[32] & ~0x08), .. data[33..]],
        "extensions that are none" => [.. data[..32], (byte)(data[32] | 0x80), .. data[33..], 0x80],
        "extensions cut off" => [.. data[..32], (byte)(data[32] | 0x80), .. data[33..]],
        _ => data,
    };
}
