using Lifeguard.Domain;

namespace Lifeguard.Server;

/// <summary>Makes access keys of the form that AWS tools expect.</summary>
internal static class NewAccessKey
{
    private const string IdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string SecretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int TokenBytes = 96;

    /// <summary>A key for <paramref name="userName"/>.</summary>
    /// <param name="policy">IAM-style policy document.</param>
    /// <param name="lifetime">Null for a lasting key; a temporary one has a session token too.</param>
    public static AccessKey For(
        string userName, string policy, TimeSpan? lifetime, RandomSource random, DateTimeOffset now) => new(
        (lifetime is null ? "AKIA" : "ASIA") + random.Text(16, IdAlphabet),
        random.Text(40, SecretAlphabet),
        lifetime is null ? null : Convert.ToBase64String(random.Bytes(TokenBytes)),
        userName,
        policy,
        now,
        now + lifetime);

    /// <summary>Says the key, in the form of the environment variables that AWS tools read. The secret cannot
    /// be shown again.</summary>
    public static void Show(AccessKey key)
    {
        Terminal.Say($"AWS_ACCESS_KEY_ID={key.Id}");
        Terminal.Say($"AWS_SECRET_ACCESS_KEY={key.Secret}");
        if (key.SessionToken is { } token) Terminal.Say($"AWS_SESSION_TOKEN={token}");
    }
}
