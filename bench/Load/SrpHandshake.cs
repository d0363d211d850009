using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Protocol.Srp;

namespace Lifeguard.Load;

/// <summary>What the server asks of a user.</summary>
internal sealed record SrpChallenge(string User, JsonObject Parameters);

/// <summary>The client's half of SRP, with the same secret every time: how it was chosen costs the server
/// nothing.</summary>
internal sealed class SrpHandshake
{
    private static readonly BigInteger N = SrpGroup.N;
    private readonly Stage stage;
    private readonly BigInteger secret = new(RandomNumberGenerator.GetBytes(32), isUnsigned: true);
    private readonly BigInteger value;

    public SrpHandshake(Stage stage)
    {
        this.stage = stage;
        value = BigInteger.ModPow(SrpGroup.G, secret, N);
        Public = SrpHex.Format(value.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    /// <summary>SRP_A.</summary>
    public string Public { get; }

    /// <summary>ChallengeResponses of PASSWORD_VERIFIER.</summary>
    public JsonObject Answer(SrpChallenge challenge)
    {
        var block = Text("SECRET_BLOCK");
        var poolName = stage.PoolId[(stage.PoolId.IndexOf('_') + 1)..];
        var timestamp = SrpTimestamp.Format(DateTimeOffset.UtcNow);
        var key = SessionKey(poolName, challenge.User, Number(Text("SALT")), Number(Text("SRP_B")));
        var claim = SrpServer.ClaimSignature(
            key, poolName, challenge.User, Convert.FromBase64String(block), timestamp);
        return new()
        {
            ["USERNAME"] = challenge.User,
            ["PASSWORD_CLAIM_SECRET_BLOCK"] = block,
            ["PASSWORD_CLAIM_SIGNATURE"] = Convert.ToBase64String(claim),
            ["TIMESTAMP"] = timestamp,
        };

        string Text(string name) => challenge.Parameters[name]!.GetValue<string>();
    }

    private byte[] SessionKey(string poolName, string user, BigInteger salt, BigInteger serverValue)
    {
        var inner = SHA256.HashData(Encoding.UTF8.GetBytes($"{poolName}{user}:{Stage.Password}"));
        var x = Hash([.. Pad(salt), .. inner]);
        var u = Hash([.. Pad(value), .. Pad(serverValue)]);
        var difference = (serverValue - (SrpGroup.K * BigInteger.ModPow(SrpGroup.G, x, N))) % N;
        if (difference.Sign < 0) difference += N;
        var shared = BigInteger.ModPow(difference, secret + (u * x), N);
        return HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Pad(shared), SrpServer.SessionKeyLength, Pad(u), "Caldera Derived Key"u8.ToArray());
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber);

    private static byte[] Pad(BigInteger number) => number.ToByteArray(isUnsigned: false, isBigEndian: true);

    private static BigInteger Hash(byte[] bytes) =>
        new(SHA256.HashData(bytes), isUnsigned: true, isBigEndian: true);
}
