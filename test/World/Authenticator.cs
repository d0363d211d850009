using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lifeguard.Worlds;

/// <summary>An authenticator app (RFC 6238), written apart from the server's half: it takes the secret as
/// people scan it, and shares the world's clock.</summary>
public sealed class Authenticator(World world, string secretCode)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly byte[] secret = Decode(secretCode);

    /// <summary>What the app shows.</summary>
    /// <param name="steps">How many steps of 30 seconds the app's clock is ahead.</param>
    public string Code(int steps = 0)
    {
        var counter = new byte[8];
        var step = (world.Clock.GetUtcNow().ToUnixTimeSeconds() / 30) + steps;
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What authenticator apps use.
        var mac = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350 // See above.
        var offset = mac[19] % 16;
        var number = ((mac[offset] % 128) << 24) | (mac[offset + 1] << 16) | (mac[offset + 2] << 8)
            | mac[offset + 3];
        return $"{number % 1_000_000:D6}";
    }

    /// <summary>A code that the app shows at none of the times around now.</summary>
    public string WrongCode()
    {
        string[] near = [Code(-2), Code(-1), Code(), Code(1), Code(2)];
        return Enumerable.Range(0, 10).Select(number => $"{number:D6}").First(code => !near.Contains(code));
    }

    /// <summary>Sets an authenticator up for a user who is signed in, and switches it on.</summary>
    public static async Task<Authenticator> Enrol(
        World world, TestPool pool, string username, string? name = null)
    {
        var accessToken = await pool.AccessTokenOf(username);
        var app = await Verified(world, accessToken, name);
        await world.Admin(
            pool,
            "AdminSetUserMFAPreference",
            username,
            new { SoftwareTokenMfaSettings = new { Enabled = true } });
        return app;
    }

    /// <summary>Sets an authenticator up without switching it on. Its first code is used up by
    /// that.</summary>
    public static async Task<Authenticator> Verified(World world, string accessToken, string? name = null)
    {
        var associated = await world.Must("AssociateSoftwareToken", new { AccessToken = accessToken });
        var app = new Authenticator(world, associated["SecretCode"]!.GetValue<string>());
        await world.Must(
            "VerifySoftwareToken",
            new { AccessToken = accessToken, UserCode = app.Code(), FriendlyDeviceName = name });
        world.Clock.Advance(TimeSpan.FromSeconds(30));
        return app;
    }

    private static byte[] Decode(string text)
    {
        var bits = string.Concat(text.Select(letter => $"{Alphabet.IndexOf(letter):B5}"));
        return [.. bits.Chunk(8).Where(eight => eight.Length == 8)
            .Select(eight => Convert.ToByte(new string(eight), 2))];
    }
}
