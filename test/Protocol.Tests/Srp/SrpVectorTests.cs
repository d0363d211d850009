using Lifeguard.Protocol.Srp;
using Xunit;

namespace Lifeguard.Protocol.Tests.Srp;

public sealed class SrpVectorTests
{
    public static TheoryData<string> Names => SrpVectors.CaseNames();

    [Fact]
    public void The_group_is_the_published_one()
    {
        Assert.Equal(SrpVectors.Parameter("N_hex"), SrpGroup.N);
        Assert.Equal(SrpVectors.Parameter("k_hex"), SrpGroup.K);
        Assert.Equal(2, SrpGroup.G);
    }

    [Fact]
    public void Numbers_are_padded_as_the_clients_pad_them()
    {
        var examples = SrpVectors.List("pad_examples").ToList();
        Assert.Equal(9, examples.Count);
        foreach (var example in examples)
            Assert.Equal(
                example.Text("padded_hex"), Convert.ToHexStringLower(SrpGroup.Pad(example.Bytes("int_hex"))));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_verifier_is_the_known_one(string name)
    {
        var vector = SrpVectors.Case(name);
        var verifier = SrpVerifier.Create(
            vector.Text("hash_prefix"),
            vector.Text("hash_identity"),
            vector.Text("password"),
            vector.Bytes("salt_hex"));
        Assert.Equal(vector.Text("v_hex"), SrpHex.Format(verifier));
        Assert.Equal(
            vector.Text("salt_padded_hex"), Convert.ToHexStringLower(SrpGroup.Pad(vector.Bytes("salt_hex"))));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_server_reaches_every_known_value(string name)
    {
        var vector = SrpVectors.Case(name);
        var pair = SrpServer.KeyPair(vector.Bytes("b_hex"), vector.Bytes("v_hex"));
        Assert.Equal(vector.Text("B_hex"), SrpHex.Format(pair.Public));

        Assert.True(SrpServer.TryParseA(vector.Text("A_hex"), out var clientPublic));
        Assert.Equal(vector.Text("A_hex"), SrpHex.Format(clientPublic));
        Assert.Equal(
            vector.Text("u_padded_hex"),
            Convert.ToHexStringLower(SrpGroup.Pad(SrpServer.Scrambling(clientPublic, pair.Public))));

        var key = SrpServer.SessionKey(clientPublic, pair.Public, pair.Secret, vector.Bytes("v_hex"));
        Assert.Equal(vector.Text("hkdf_key_b64"), Convert.ToBase64String(key));

        var claim = SrpServer.ClaimSignature(
            key,
            vector.Text("hash_prefix"),
            vector.Text("hash_identity"),
            Convert.FromBase64String(vector.Text("secret_block_b64")),
            vector.Text("timestamp"));
        Assert.True(SrpServer.IsClaim(vector.Text("signature_b64"), claim));
        Assert.True(SrpTimestamp.TryParse(vector.Text("timestamp"), out _));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_test_client_reaches_every_known_value(string name)
    {
        var vector = SrpVectors.Case(name);
        var client = new SrpClient(SrpClient.Parse(vector.Text("a_hex")));
        var (b, salt) = (SrpClient.Parse(vector.Text("B_hex")), SrpClient.Parse(vector.Text("salt_hex")));
        var (pool, user) = (vector.Text("hash_prefix"), vector.Text("hash_identity"));
        var password = vector.Text("password");

        Assert.Equal(SrpClient.Parse(vector.Text("A_hex")), client.Public);
        Assert.Equal(SrpClient.Parse(vector.Text("x_hex")), SrpClient.PrivateKey(pool, user, password, salt));
        Assert.Equal(SrpClient.Parse(vector.Text("u_hex")), client.Scrambling(b));
        Assert.Equal(
            SrpClient.Parse(vector.Text("S_hex")), client.SharedSecret(b, salt, pool, user, password));
        Assert.Equal(vector.Bytes("hkdf_key_hex"), client.SessionKey(b, salt, pool, user, password));
    }

    [Theory, MemberData(nameof(Names))]
    public void An_uploaded_device_verifier_is_read_as_the_same_number(string name)
    {
        var vector = SrpVectors.Case(name);
        if (!vector.TryGetProperty("confirm_device_DeviceSecretVerifierConfig", out var upload))
        {
            Assert.Equal("user", vector.Text("kind"));
            return;
        }
        Assert.True(SrpVerifier.TryReadDevice(
            upload.Text("Salt"), upload.Text("PasswordVerifier"), out var salt, out var verifier));
        Assert.Equal(vector.Text("v_hex"), SrpHex.Format(verifier));
        Assert.Equal(vector.Text("salt_hex"), SrpHex.Format(salt));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void The_service_clients_own_answers_are_reached(int index)
    {
        var anchor = SrpVectors.List("external_anchors").ElementAt(index);
        var pool = anchor.TryGetProperty("pool_name", out var named)
            ? named.GetString()!
            : anchor.Text("pool_id").Split('_')[1];
        var user = anchor.Text("user_id_for_srp");
        Assert.True(SrpServer.TryParseA(anchor.Text("A_hex"), out var clientPublic));
        Assert.True(SrpHex.TryParse(anchor.Text("SRP_B"), 768, out var serverPublic));

        var u = SrpServer.Scrambling(clientPublic, serverPublic);
        Assert.Equal(AnchorText(anchor, "derived_u_hex", "expected_u_hex"), SrpHex.Format(u));

        var x = new byte[32];
        SrpVerifier.PrivateKey(pool, user, anchor.Text("password"), anchor.Bytes("SALT"), x);
        Assert.Equal(AnchorText(anchor, "derived_x_hex", "expected_x_hex"), SrpHex.Format(x));

        Assert.True(
            SrpHex.TryParse(AnchorText(anchor, "derived_S_hex", "expected_S_hex"), 768, out var shared));
        var key = SrpServer.DeriveKey(shared, u);
        Assert.Equal(
            AnchorText(anchor, "derived_key_b64", "expected_key_b64"), Convert.ToBase64String(key));

        var block = Convert.FromBase64String(anchor.Text("SECRET_BLOCK"));
        var claim = SrpServer.ClaimSignature(key, pool, user, block, anchor.Text("timestamp"));
        var expected = AnchorText(anchor, "expected_signature_b64", "signature_with_real_key_b64");
        Assert.Equal(expected, Convert.ToBase64String(claim));
        Assert.True(SrpServer.IsClaim(expected, claim));
    }

    [Fact]
    public void The_service_clients_key_derivation_is_reached()
    {
        var anchor = SrpVectors.List("external_anchors").ElementAt(1);
        var secret = new byte[1024];
        secret.AsSpan(1).Fill(2);
        var client = new SrpClient(new(secret));
        var key = client.SessionKey(
            SrpClient.Parse(anchor.Text("SRP_B")),
            SrpClient.Parse(anchor.Text("SALT")),
            anchor.Text("pool_name"),
            anchor.Text("user_id_for_srp"),
            anchor.Text("password"));
        Assert.Equal(anchor.Text("expected_key_b64"), Convert.ToBase64String(key));
    }

    [Fact]
    public void The_service_clients_inner_hash_of_a_device_is_reached()
    {
        var anchor = SrpVectors.List("external_anchors").ElementAt(2);
        var inner = new byte[32];
        SrpVerifier.InnerHash(
            anchor.Text("device_group_key"),
            anchor.Text("device_key"),
            anchor.Text("device_password"),
            inner);
        Assert.Equal(anchor.Text("expected_sha256_b64"), Convert.ToBase64String(inner));
    }

    private static string AnchorText(System.Text.Json.JsonElement anchor, string name, string otherName) =>
        anchor.TryGetProperty(name, out var value) ? value.GetString()! : anchor.Text(otherName);
}
