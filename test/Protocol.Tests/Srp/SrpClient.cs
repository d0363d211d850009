using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Protocol.Tests.Srp;

/// <summary>
/// The client's half of the exchange, written apart from the server's with plain BigInteger; the slow powers
/// can be left to other arithmetic.
/// </summary>
internal sealed class SrpClient
{
    private static readonly BigInteger N = SrpVectors.Parameter("N_hex");
    private static readonly BigInteger G = 2;

    private readonly BigInteger secret;
    private readonly Func<BigInteger, BigInteger, BigInteger> power;

    public SrpClient(BigInteger secret, Func<BigInteger, BigInteger, BigInteger>? power = null)
    {
        this.secret = secret;
        this.power = power ?? ((number, exponent) => BigInteger.ModPow(number, exponent, N));
        Public = this.power(G, secret);
    }

    public BigInteger Public { get; }

    public static BigInteger Parse(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber);

    public static byte[] Pad(BigInteger number) => number.ToByteArray(isUnsigned: false, isBigEndian: true);

    public static BigInteger Number(ReadOnlySpan<byte> bytes) =>
        new(bytes, isUnsigned: true, isBigEndian: true);

    public BigInteger Scrambling(BigInteger serverPublic) => Hash([.. Pad(Public), .. Pad(serverPublic)]);

    public static BigInteger PrivateKey(string pool, string user, string password, BigInteger salt)
    {
        var inner = SHA256.HashData(Encoding.UTF8.GetBytes($"{pool}{user}:{password}"));
        return Hash([.. Pad(salt), .. inner]);
    }

    public BigInteger SharedSecret(
        BigInteger serverPublic, BigInteger salt, string pool, string user, string password)
    {
        var x = PrivateKey(pool, user, password, salt);
        var k = Hash([.. Pad(N), .. Pad(G)]);
        var difference = (serverPublic - k * power(G, x)) % N;
        var serverPower = difference < 0 ? difference + N : difference;
        return power(serverPower, secret + Scrambling(serverPublic) * x);
    }

    public byte[] SessionKey(
        BigInteger serverPublic, BigInteger salt, string pool, string user, string password)
    {
        var shared = SharedSecret(serverPublic, salt, pool, user, password);
        var extracted = HMACSHA256.HashData(Pad(Scrambling(serverPublic)), Pad(shared));
        byte[] label = [.. "Caldera Derived Key"u8, 1];
        var expanded = HMACSHA256.HashData(extracted, label);
        return expanded[..16];
    }

    private static BigInteger Hash(byte[] bytes) => Number(SHA256.HashData(bytes));
}
