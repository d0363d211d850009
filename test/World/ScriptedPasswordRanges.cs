using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Worlds;

/// <summary>Passwords in circulation, as a test says: none by default. Notes what is asked for.</summary>
public sealed class ScriptedPasswordRanges : IPasswordRanges
{
    private readonly ConcurrentQueue<string> asked = new();

    /// <summary>Those that are known.</summary>
    public IReadOnlyList<string> Passwords { get; set; } = [];

    /// <summary>What happens instead of an answer; null answers.</summary>
    public Func<CancellationToken, Task>? OnRead { get; set; }

    /// <summary>What was asked for, oldest first.</summary>
    public IReadOnlyList<string> Asked => [.. asked];

    public bool AreKept => true;

    public async Task<string> Read(string prefix, CancellationToken cancellation)
    {
        asked.Enqueue(prefix);
        if (OnRead is not null) await OnRead(cancellation);
        return string.Join("\r\n", Passwords.Select(HashOf)
            .Where(hash => hash.StartsWith(prefix, StringComparison.Ordinal))
            .Select(hash => $"{hash[prefix.Length..]}:7"));
    }

    private static string HashOf(string password) =>
#pragma warning disable CA5350 // The range API is built upon SHA-1.
        Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350 // See above.
}
