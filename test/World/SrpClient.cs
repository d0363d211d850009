using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Protocol.Srp;

namespace Lifeguard.Worlds;

/// <summary>
/// The client's half of the service's SRP, written apart from the server's: it shares only the group with
/// it. One object is one sign-in.
/// </summary>
public sealed class SrpClient
{
    private readonly BigInteger secret;

    public SrpClient(int seed = 1)
    {
        var bytes = new byte[32];
        new SeededRandom(1000 + seed).Fill(bytes);
        secret = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        Public = BigInteger.ModPow(SrpGroup.G, secret, SrpGroup.N);
    }

    /// <summary>A.</summary>
    public BigInteger Public { get; }

    /// <summary>SRP_A as most clients write it: lower case, no leading zeros.</summary>
    public string PublicHex => Convert.ToHexStringLower(Pad(Public)).TrimStart('0');

    /// <summary>A client whose SRP_A has an odd number of digits.</summary>
    public static SrpClient WithOddLength() =>
        Enumerable.Range(2, 1000)
            .Select(seed => new SrpClient(seed))
            .First(one => one.PublicHex.Length % 2 == 1);

    /// <summary>PASSWORD_CLAIM_SIGNATURE.</summary>
    /// <param name="poolId">The pool, with its region.</param>
    /// <param name="userId">USER_ID_FOR_SRP.</param>
    public string Claim(
        string poolId, string userId, string password, string salt, string serverPublic, string secretBlock,
        string timestamp)
    {
        var poolName = poolId[(poolId.IndexOf('_') + 1)..];
        var b = Number(serverPublic);
        var inner = SHA256.HashData(Encoding.UTF8.GetBytes($"{poolName}{userId}:{password}"));
        var x = Positive(SHA256.HashData([.. Pad(Number(salt)), .. inner]));
        var k = Positive(SHA256.HashData([.. Pad(SrpGroup.N), .. Pad(SrpGroup.G)]));
        var u = Positive(SHA256.HashData([.. Pad(Public), .. Pad(b)]));
        var root = (b - (k * BigInteger.ModPow(SrpGroup.G, x, SrpGroup.N))) % SrpGroup.N;
        if (root.Sign < 0) root += SrpGroup.N;
        var shared = BigInteger.ModPow(root, secret + (u * x), SrpGroup.N);
        var extracted = HMACSHA256.HashData(Pad(u), Pad(shared));
        byte[] label = [.. "Caldera Derived Key"u8, 1];
        var key = HMACSHA256.HashData(extracted, label)[..16];
        byte[] message =
        [
            .. Encoding.UTF8.GetBytes(poolName + userId),
            .. Convert.FromBase64String(secretBlock),
            .. Encoding.UTF8.GetBytes(timestamp),
        ];
        return Convert.ToBase64String(HMACSHA256.HashData(key, message));
    }

    private static BigInteger Number(string hex) =>
        BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static BigInteger Positive(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Pad(BigInteger number) => number.ToByteArray(isUnsigned: false, isBigEndian: true);
}
