using Lifeguard.Contract;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Domain.Pools;

/// <summary>The names of the four levels of authentication that the <c>acr</c> claim reports (doc).</summary>
public static class AcrRules
{
    private const int MaxLength = 64;

    // RFC 8176 §2: a key in software, a key in hardware.
    private static readonly string[] Passkeys = ["swk", "hwk"];

    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["Level1"] = "urn:cognito:loa:1",
        ["Level2"] = "urn:cognito:loa:2",
        ["Level3"] = "urn:cognito:loa:3",
        ["Level4"] = "urn:cognito:loa:4",
    };

    /// <summary>All four levels: the names given, and the default ones for the rest.</summary>
    /// <exception cref="ApiException">InvalidParameterException: an unknown level, a name that is no URI,
    /// or one that two levels share.</exception>
    public static IReadOnlyDictionary<string, AcrLevelConfigType> Complete(
        IReadOnlyDictionary<string, AcrLevelConfigType>? given)
    {
        foreach (var (level, config) in given ?? new Dictionary<string, AcrLevelConfigType>())
        {
            if (!Defaults.ContainsKey(level)) throw PoolRefusals.Acr("levels are Level1 to Level4.");
            if (!IsName(config.AcrValue))
                throw PoolRefusals.Acr($"the name of {level} must be a URI of 1 to {MaxLength} characters.");
        }

        var all = Defaults.ToDictionary(
            level => level.Key,
            level => given?.GetValueOrDefault(level.Key) ?? new() { AcrValue = level.Value });
        if (all.Values.DistinctBy(config => config.AcrValue).Count() < all.Count)
            throw PoolRefusals.Acr("the names of the levels must differ, default names included.");
        return all;
    }

    /// <summary>Has some level another name than the default one?</summary>
    public static bool IsCustomized(IReadOnlyDictionary<string, AcrLevelConfigType>? levels) =>
        levels?.Any(level => level.Value.AcrValue != Defaults.GetValueOrDefault(level.Key)) == true;

    /// <summary>
    /// The name of the level that these proofs reach (doc): a password; a code that was sent; a passkey, or a
    /// password and a code that was sent; a password and an authenticator.
    /// </summary>
    /// <param name="methods">Names of <see cref="AuthMethods"/>.</param>
    public static string NameOf(
        IReadOnlyDictionary<string, AcrLevelConfigType> levels, IReadOnlyList<string> methods)
    {
        var isSent = methods.Contains(AuthMethods.Sms) || methods.Contains(AuthMethods.EmailCode);
        var level = (methods.Contains(AuthMethods.Password), methods.Contains(AuthMethods.OneTimeCode)) switch
        {
            (true, true) => "Level4",
            (true, _) when isSent => "Level3",
            (true, _) => "Level1",
            _ when isSent => "Level2",
            _ when methods.Any(Passkeys.Contains) => "Level3",
            _ => "Level1",
        };
        return levels.GetValueOrDefault(level)?.AcrValue ?? Defaults[level];
    }

    // RFC 3986 §2: visible ASCII but for the delimiters of text that surrounds a URI.
    private static bool IsName(string? name) =>
        name is { Length: >= 1 and <= MaxLength }
        && name.All(character => character is > ' ' and <= '~' and not ('"' or '\'' or '\\' or '<' or '>'));
}
