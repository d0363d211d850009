using System.Buffers;
using Lifeguard.Contract;

namespace Lifeguard.Domain;

/// <summary>A pool's rules for passwords (doc).</summary>
public sealed record PasswordPolicy(
    int MinimumLength,
    bool RequireUppercase,
    bool RequireLowercase,
    bool RequireNumbers,
    bool RequireSymbols,
    int HistorySize,
    int TemporaryPasswordValidityDays)
{
    public const int MaximumLength = 256;

    private static readonly SearchValues<char> Symbols =
        SearchValues.Create("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ");

    /// <summary>The defaults of a pool without a policy;
    /// members left out of a given policy are off.</summary>
    public static PasswordPolicy From(PasswordPolicyType? given) => given is null
        ? new(8, true, true, true, true, 0, 7)
        : new(
            given.MinimumLength ?? 8,
            given.RequireUppercase ?? false,
            given.RequireLowercase ?? false,
            given.RequireNumbers ?? false,
            given.RequireSymbols ?? false,
            given.PasswordHistorySize ?? 0,
            given.TemporaryPasswordValidityDays is null or 0 ? 7 : given.TemporaryPasswordValidityDays.Value);

    /// <summary>The first rule that <paramref name="password"/> breaks, in the service's words; null for
    /// none. Only Latin letters and digits satisfy a class (doc).</summary>
    public string? Violation(string password)
    {
        if (password.EnumerateRunes().Count() < MinimumLength) return "Password not long enough";
        if (RequireNumbers && !password.Any(char.IsAsciiDigit))
            return "Password must have numeric characters";
        // A blank counts as a symbol unless it stands first or last (doc).
        if (RequireSymbols && !password.AsSpan().Trim(' ').ContainsAny(Symbols))
            return "Password must have symbol characters";
        if (RequireUppercase && !password.Any(char.IsAsciiLetterUpper))
            return "Password must have uppercase characters";
        if (RequireLowercase && !password.Any(char.IsAsciiLetterLower))
            return "Password must have lowercase characters";
        return null;
    }

    /// <exception cref="ApiException">InvalidPasswordException for the first rule broken.</exception>
    public void Check(string password, bool atSignUp = false)
    {
        if (Violation(password) is { } reason) throw Reject.PasswordPolicy(reason, atSignUp);
    }

    /// <summary>A password of every class that satisfies this
    /// policy, for users whom an administrator creates.</summary>
    public string Generate(RandomSource random)
    {
        // Look-alikes (0 O, 1 l I) are left out: people type this once from a message.
        string[] classes =
            ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#%*?-_+="];
        var length = Math.Max(12, MinimumLength);
        var characters = new List<char>(length);
        foreach (var alphabet in classes) characters.Add(alphabet[random.Below(alphabet.Length)]);
        var all = string.Concat(classes);
        while (characters.Count < length) characters.Add(all[random.Below(all.Length)]);
        for (var i = characters.Count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (characters[i], characters[j]) = (characters[j], characters[i]);
        }

        return new string([.. characters]);
    }
}
