using System.Buffers.Text;
using System.Text.Json.Nodes;
using Lifeguard.Protocol.WebAuthn;
using Lifeguard.Worlds.Passkeys;
using Xunit;
using static Lifeguard.Protocol.Tests.WebAuthn.Ceremonies;

namespace Lifeguard.Protocol.Tests.WebAuthn;

public sealed class AssertionTests
{
    private readonly SoftwareAuthenticator authenticator = new();
    private readonly StoredKey stored;

    public AssertionTests() => stored = Stored(Register(authenticator));

    [Fact]
    public void Proves_that_somebody_has_the_key()
    {
        Assert.Equal(new(0, true), Prove(authenticator, stored));
        authenticator.IsUserVerified = false;
        Assert.Equal(new(0, false), Prove(authenticator, stored));
        authenticator.SaysWhose = false;
        Assert.Equal(new(0, false), Prove(authenticator, stored));
    }

    [Fact]
    public void An_answer_to_something_else_is_refused()
    {
        Assert.Equal(WebAuthnFailure.OtherChallenge, Altered("challenge", Base64Url.EncodeToString([1])));
        Assert.Equal(WebAuthnFailure.Malformed, Altered("type", "webauthn.create"));
        Assert.Equal(WebAuthnFailure.OtherOrigin, Altered("origin", "http://example.org"));
        Assert.Equal(WebAuthnFailure.OtherOrigin, Altered("crossOrigin", true));
        Assert.Equal(WebAuthnFailure.OtherOrigin, Altered("topOrigin", "https://example.org"));
        authenticator.AlterClientData = null;
        var options = GetOptions();
        options["rpId"] = "www.example.org";
        Assert.Equal(
            WebAuthnFailure.OtherRelyingParty, FailureOf(() => Prove(authenticator.Get(options), stored)));
    }

    [Fact]
    public void A_key_or_user_that_is_another_one_is_refused()
    {
        Assert.Equal(
            WebAuthnFailure.OtherCredential,
            FailureOf(() => Prove(authenticator, stored with { Id = [1, 2, 3] })));
        Assert.Equal(
            WebAuthnFailure.OtherCredential,
            FailureOf(() => Prove(authenticator, stored with { UserHandle = [1, 2, 3] })));
        var other = Register(new SoftwareAuthenticator());
        Assert.Equal(
            WebAuthnFailure.Signature,
            FailureOf(() => Prove(authenticator, stored with { PublicKey = other.PublicKey })));
    }

    [Fact]
    public void The_user_has_to_be_there_and_verified_where_that_is_asked()
    {
        authenticator.IsUserVerified = false;
        Assert.Equal(
            WebAuthnFailure.UserNotVerified, FailureOf(() => Prove(authenticator, stored, verified: true)));
        authenticator.IsUserPresent = false;
        Assert.Equal(WebAuthnFailure.UserNotVerified, FailureOf(() => Prove(authenticator, stored)));
    }

    [Fact]
    public void Whether_a_key_can_be_copied_never_changes()
    {
        authenticator.IsSynced = false;
        Assert.Equal(WebAuthnFailure.BackupEligibility, FailureOf(() => Prove(authenticator, stored)));
        Assert.Equal(new(0, true), Prove(authenticator, stored with { IsBackupEligible = false }));
        authenticator.IsSynced = true;
        authenticator.AlterAuthenticatorData = data => Without(data, 0x08);
        Assert.Equal(WebAuthnFailure.Malformed, FailureOf(() => Prove(authenticator, stored)));
        // Copied or not at the moment makes no difference.
        authenticator.AlterAuthenticatorData = data => Without(data, 0x10);
        Assert.Equal(new(0, true), Prove(authenticator, stored));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(5, 6, true)]
    [InlineData(5, 5, false)]
    [InlineData(5, 4, false)]
    [InlineData(5, 0, false)]
    [InlineData(uint.MaxValue, 0, false)]
    [InlineData(uint.MaxValue - 1, uint.MaxValue, true)]
    public void A_counter_goes_up_with_each_use_or_stays_at_zero(uint last, uint now, bool isTaken)
    {
        authenticator.SignCount = now;
        Assert.Equal(
            isTaken ? null : WebAuthnFailure.SignCount,
            FailureOf(() => Prove(authenticator, stored with { SignCount = last })));
    }

    [Fact]
    public void Extensions_are_not_looked_at_and_nothing_may_follow_them()
    {
        authenticator.Extensions = [0xa0];
        Assert.Equal(new(0, true), Prove(authenticator, stored));
        authenticator.Extensions = [0xa0, 0xa0];
        Assert.Equal(WebAuthnFailure.Malformed, FailureOf(() => Prove(authenticator, stored)));
    }

    [Fact]
    public void The_JSON_around_it_is_read_strictly()
    {
        Action<JsonObject>[] alterations =
        [
            json => json["type"] = "password",
            json => json["id"] = "AAAA",
            json => json.Remove("rawId"),
            json => json["response"] = new JsonArray(),
            json => json["response"]!["signature"] = new string('A', 4_000),
            json => json["response"]!["signature"] = "A A",
            json => json["response"]!["userHandle"] = new string('A', 400),
            json => json["response"]!["authenticatorData"] = "",
            json => json["response"]!["authenticatorData"] = null,
        ];
        Assert.All(alterations, alter =>
        {
            var credential = authenticator.Get(GetOptions());
            alter(credential);
            Assert.Equal(WebAuthnFailure.Malformed, FailureOf(() => Prove(credential, stored)));
        });
        string[] texts =
        [
            "", "{", "null", "7", "[]", "{}", new string('[', 100), "{\"type\":\"\ud800\"}",
            """{"type":"\ud800"}""",
        ];
        Assert.All(texts, text => Assert.Equal(
            WebAuthnFailure.Malformed, FailureOf(() => AssertionAnswer.Read(text))));
    }

    [Fact]
    public void No_bit_of_an_assertion_can_be_changed_unnoticed()
    {
        var credential = authenticator.Get(GetOptions());
        foreach (var member in (string[])["clientDataJSON", "authenticatorData", "signature", "userHandle"])
        {
            var bytes = Base64Url.DecodeFromChars(credential["response"]![member]!.GetValue<string>());
            Assert.All(Tampering.OfEachByte(bytes), altered =>
            {
                var copy = credential.DeepClone();
                copy["response"]![member] = Base64Url.EncodeToString(altered);
                Assert.NotNull(FailureOf(() => Prove(copy, stored)));
            });
        }
    }

    [Fact]
    public void Random_bytes_are_refused_without_an_error()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(0, 300)];
            random.NextBytes(bytes);
            var credential = authenticator.Get(GetOptions());
            credential["response"]![i % 2 == 0 ? "authenticatorData" : "signature"] =
                Base64Url.EncodeToString(bytes);
            Assert.NotNull(FailureOf(() => Prove(credential, stored)));
        }
    }

    private static byte[] Without(byte[] data, int flag) =>
        [.. data[..32], (byte)(data[32] & ~flag), .. data[33..]];

    private WebAuthnFailure? Altered(string member, JsonNode? value)
    {
        authenticator.AlterClientData = data => data[member] = value;
        return FailureOf(() => Prove(authenticator, stored));
    }
}
