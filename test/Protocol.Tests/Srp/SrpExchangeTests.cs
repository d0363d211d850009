using System.Numerics;
using CsCheck;
using Lifeguard.Protocol.Srp;
using Xunit;

namespace Lifeguard.Protocol.Tests.Srp;

public sealed class SrpExchangeTests
{
    private const string Pool = "SrpVec7r1";
    private const string User = "c2a5b4d4-60f1-70aa-9c3e-5d1f0e7a8b90";

    // Small secrets make short A: 2^a is no longer than a bits.
    private static readonly Gen<byte[]> ClientSecret = Gen.Frequency(
        (3, Gen.Byte.Array[16, 32]), (1, Gen.Byte.Array[1, 2]));

    private static readonly Gen<byte[]> ServerSecret =
        Gen.Byte.Array[32].Where(b => b.Any(octet => octet != 0));

    [Fact]
    public void Both_sides_reach_the_same_key_in_a_thousand_random_exchanges()
    {
        Gen.Select(ClientSecret, ServerSecret, Gen.Byte.Array[16], Gen.String).Sample(
            (a, b, random, password) =>
            {
                var salt = SrpSalt.From(random);
                var verifier = SrpVerifier.Create(Pool, User, password, salt);
                var pair = SrpServer.KeyPair(b, verifier);
                // One in eight does all its arithmetic apart from the server's; each of them costs 30 ms.
                var client = new SrpClient(SrpClient.Number(a), b[0] % 8 == 0 ? null : FastPower);
                var sent = client.Public.ToString(a[0] % 2 == 0 ? "x" : "X");
                Assert.True(SrpServer.TryParseA(sent, out var clientPublic));

                var serverKey = SrpServer.SessionKey(clientPublic, pair.Public, pair.Secret, verifier);
                var clientKey = client.SessionKey(
                    SrpClient.Parse(SrpHex.Format(pair.Public)),
                    SrpClient.Parse(SrpHex.Format(salt)),
                    Pool,
                    User,
                    password);
                Assert.Equal(clientKey, serverKey);
            },
            iter: 1000);
    }

    private static BigInteger FastPower(BigInteger number, BigInteger exponent) =>
        SrpClient.Number(ModularPower.Compute(SrpClient.Pad(number), SrpClient.Pad(exponent)));

    [Fact]
    public void Another_password_reaches_another_key()
    {
        var salt = SrpSalt.From(new byte[16]);
        var verifier = SrpVerifier.Create(Pool, User, "Corr3ct-Horse!", salt);
        var pair = SrpServer.KeyPair(Enumerable.Repeat((byte)9, 32).ToArray(), verifier);
        var client = new SrpClient(123456789);
        var serverKey = SrpServer.SessionKey(
            SrpClient.Pad(client.Public), pair.Public, pair.Secret, verifier);
        var clientKey = client.SessionKey(
            SrpClient.Number(pair.Public), SrpClient.Number(salt), Pool, User, "corr3ct-Horse!");
        Assert.NotEqual(serverKey, clientKey);
    }

    [Fact]
    public void A_prepared_secret_gives_the_same_pair_as_a_fresh_one()
    {
        var b = Enumerable.Range(1, 32).Select(i => (byte)i).ToArray();
        var verifier = SrpVerifier.Create(Pool, User, "Corr3ct-Horse!", SrpSalt.From(b.AsSpan(0, 16)));
        var prepared = SrpEphemeral.From(b).For(verifier);
        var fresh = SrpServer.KeyPair(b, verifier);
        Assert.Equal(fresh.Public, prepared.Public);
        Assert.Equal(fresh.Secret, prepared.Secret);
    }
}
