using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Protocol.Srp;

namespace Lifeguard.Worlds;

/// <summary>A device as client libraries keep it, written apart from the server's half: it makes up its
/// password, and shares only the group of SRP with it.</summary>
public sealed class TestDevice(World world, string key, string groupKey)
{
    private readonly byte[] salt = Random(key + "salt", 16);

    public string Key => key;

    public string GroupKey => groupKey;

    /// <summary>Forty random bytes, which never leave the device.</summary>
    public string Password { get; init; } = Convert.ToBase64String(Random(key, 40));

    /// <summary>What ConfirmDevice uploads.</summary>
    public object Secret => new
    {
        Salt = Convert.ToBase64String(Pad(Positive(salt))),
        PasswordVerifier = Convert.ToBase64String(Pad(Verifier())),
    };

    /// <summary>The device that the tokens of a sign-in are for; it must be a new one.</summary>
    public static TestDevice Of(World world, Answer signedIn)
    {
        var metadata = signedIn["AuthenticationResult"]?["NewDeviceMetadata"]
            ?? throw new InvalidOperationException($"No new device: {signedIn}");
        return new(
            world,
            metadata["DeviceKey"]!.GetValue<string>(),
            metadata["DeviceGroupKey"]!.GetValue<string>());
    }

    /// <summary>Signs the user in with the password and confirms the device of that sign-in.</summary>
    public static async Task<TestDevice> Confirmed(
        World world, TestApp app, string username, string? name = null)
    {
        var signedIn = await app.Password(username);
        var device = Of(world, signedIn);
        await device.MustConfirm(TestTokens.Of(signedIn), name);
        return device;
    }

    public Task<Answer> Confirm(TestTokens tokens, string? name = null) => world.Own(
        tokens.Access,
        "ConfirmDevice",
        new { DeviceKey = key, DeviceName = name, DeviceSecretVerifierConfig = Secret });

    public async Task MustConfirm(TestTokens tokens, string? name = null)
    {
        var answer = await Confirm(tokens, name);
        if (!answer.IsSuccess) throw new InvalidOperationException(answer.ToString());
    }

    /// <summary>Begins a sign-in with the password, on this device.</summary>
    public Task<Answer> SignIn(TestApp app, string username, string password = TestPool.Password) =>
        app.Start(
            "USER_PASSWORD_AUTH", ("USERNAME", username), ("PASSWORD", password), ("DEVICE_KEY", key));

    /// <summary>Answers DEVICE_SRP_AUTH.</summary>
    public Task<Answer> Begin(TestApp app, Answer challenge, SrpClient srp, string username = "ana") =>
        app.Answer(
            "DEVICE_SRP_AUTH",
            MfaPools.SessionOf(challenge),
            ("USERNAME", username),
            ("DEVICE_KEY", key),
            ("SRP_A", srp.PublicHex));

    /// <summary>Answers both challenges of the device.</summary>
    public async Task<Answer> Prove(TestApp app, Answer challenge, string username = "ana")
    {
        var srp = new SrpClient();
        var verifier = await Begin(app, challenge, srp, username);
        return verifier.IsSuccess
            ? await app.Answer(
                "DEVICE_PASSWORD_VERIFIER", MfaPools.SessionOf(verifier), Proof(verifier, srp, username))
            : verifier;
    }

    /// <summary>The responses to DEVICE_PASSWORD_VERIFIER.</summary>
    public (string Name, string Value)[] Proof(
        Answer verifier, SrpClient srp, string username = "ana", TimeSpan clockOff = default)
    {
        var timestamp = (world.Clock.GetUtcNow() + clockOff).UtcDateTime.ToString(
            "ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
        var claim = srp.Claim(
            groupKey, key, Password, Of("SALT"), Of("SRP_B"), Of("SECRET_BLOCK"), timestamp);
        return
        [
            ("USERNAME", username),
            ("DEVICE_KEY", key),
            ("PASSWORD_CLAIM_SECRET_BLOCK", Of("SECRET_BLOCK")),
            ("PASSWORD_CLAIM_SIGNATURE", claim),
            ("TIMESTAMP", timestamp),
        ];

        string Of(string parameter) => verifier["ChallengeParameters"]![parameter]!.GetValue<string>();
    }

    private BigInteger Verifier()
    {
        var inner = SHA256.HashData(Encoding.UTF8.GetBytes($"{groupKey}{key}:{Password}"));
        var x = Positive(SHA256.HashData([.. Pad(Positive(salt)), .. inner]));
        return BigInteger.ModPow(SrpGroup.G, x, SrpGroup.N);
    }

    private static byte[] Random(string seed, int count) =>
        SHA512.HashData(Encoding.UTF8.GetBytes(seed))[..count];

    private static BigInteger Positive(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Pad(BigInteger number) => number.ToByteArray(isUnsigned: false, isBigEndian: true);
}
