using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Lifeguard.Adapters;
using Lifeguard.Domain;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Protocol.Srp;

namespace Lifeguard.Primitives;

/// <summary>Argon2id at the cost that <c>serve</c> has by default.</summary>
[MemoryDiagnoser]
public class PasswordHash
{
    private readonly Argon2idHash hash =
        Argon2idHash.Create("Bench-1234!", new byte[Argon2idHash.SaltLength], new(19456, 2));

    /// <summary>What a sign-in with a password cannot do without.</summary>
    [Benchmark]
    public bool Argon2id() => hash.Matches("Bench-1234!");
}

/// <summary>RSASSA-PKCS1-v1_5 with SHA-256 and 2048 bits, over the length of an access token.</summary>
[MemoryDiagnoser]
public class Signatures
{
    private readonly RSA key = RSA.Create(2048);
    private readonly byte[] token = new byte[700];
    private byte[] signature = [];

    /// <summary>Makes the signature that is verified.</summary>
    [GlobalSetup]
    public void Sign() => signature = Rs256();

    /// <summary>One token.</summary>
    [Benchmark]
    public byte[] Rs256() => key.SignData(token, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>One call of a signed-in user.</summary>
    [Benchmark]
    public bool Rs256Verify() =>
        key.VerifyData(token, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}

/// <summary>The server's arithmetic of an SRP sign-in.</summary>
[MemoryDiagnoser]
public class Srp
{
    private static readonly SystemRandom Randomness = new();
    private byte[] secret = [];
    private byte[] verifier = [];
    private byte[] clientPublic = [];
    private SrpEphemeral ephemeral = null!;
    private SrpKeyPair pair = null!;

    /// <summary>A user and a client.</summary>
    [GlobalSetup]
    public void Meet()
    {
        secret = Randomness.Bytes(SrpEphemeral.MinSecretLength);
        verifier = SrpVerifier.Create("AbCdEfGhI", "ana", "Bench-1234!", SrpSalt.From(Randomness.Bytes(16)));
        clientPublic = SrpEphemeral.From(Randomness.Bytes(SrpEphemeral.MinSecretLength)).Power;
        ephemeral = Prepare();
        pair = FirstLeg();
    }

    /// <summary>What is done ahead for each sign-in, in the background.</summary>
    [Benchmark]
    public SrpEphemeral Prepare() => SrpEphemeral.From(secret);

    /// <summary>What each new password needs besides its hash: v.</summary>
    [Benchmark]
    public byte[] Verifier() => SrpVerifier.Create("AbCdEfGhI", "ana", "Bench-1234!", secret);

    /// <summary>B.</summary>
    [Benchmark]
    public SrpKeyPair FirstLeg() => ephemeral.For(verifier);

    /// <summary>The session key and the claim that the client's is compared with.</summary>
    [Benchmark]
    public byte[] SecondLeg() => SrpServer.ClaimSignature(
        SrpServer.SessionKey(clientPublic, pair.Public, pair.Secret, verifier),
        "AbCdEfGhI", "ana", secret, "Fri Mar 6 04:05:09 UTC 2026");
}

/// <summary>AES-256-GCM with purpose and owner, over the length of a stored password.</summary>
[MemoryDiagnoser]
public class Sealing
{
    private readonly Sealer sealer = new(Ring(), new SystemRandom());
    private readonly byte[] content = new byte[768];
    private byte[] box = [];

    /// <summary>Makes the box that is opened.</summary>
    [GlobalSetup]
    public void Fill() => box = Seal();

    /// <summary>One value into the database, or to a client.</summary>
    [Benchmark]
    public byte[] Seal() => sealer.Seal("password", "us-east-1_AbCdEfGhI/sub", content);

    /// <summary>And back.</summary>
    [Benchmark]
    public byte[]? Open() => sealer.Open("password", "us-east-1_AbCdEfGhI/sub", box);

    internal static KeyRing Ring()
    {
        var ring = new KeyRing();
        ring.Load([new("1", new byte[32], DateTimeOffset.UnixEpoch)], DateTimeOffset.UnixEpoch);
        return ring;
    }
}
