using Lifeguard.Contract;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Domain.Pools;

/// <summary>The names of the four levels of authentication that the <c>acr</c> claim reports (doc).</summary>
public static class AcrRules
{
    private const int MaxLength = 64;

    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["Level1"] = "urn:cognito:loa:1",
        ["Level2"] = "urn:cognito:loa:2",
        ["Level3"] = "urn:cognito:loa:3",
        ["Level4"] = "urn:cognito:loa:4",
    };

    private static readonly string[] Names = [.. Defaults.Keys.Order(StringComparer.Ordinal)];

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

    /// <summary>Do tokens tell how their user signed in? Where a level was asked for (doc), and where the
    /// pool has names of its own for them.</summary>
    /// <param name="asked">The levels that were asked for.</param>
    public static bool IsTold(UserPool pool, IReadOnlyList<int> asked) =>
        asked.Count > 0 || IsCustomized(pool.Settings.AcrConfiguration);

    /// <summary>The name of the level that these proofs reach, in tokens.</summary>
    /// <param name="levels">Of the pool; null for the default names.</param>
    /// <param name="methods">Names of <see cref="AuthMethods"/>.</param>
    public static string NameOf(
        IReadOnlyDictionary<string, AcrLevelConfigType>? levels, IReadOnlyList<string> methods)
    {
        var level = $"Level{LevelOf(methods)}";
        return levels?.GetValueOrDefault(level)?.AcrValue ?? Defaults[level];
    }

    /// <summary>
    /// The level that these proofs reach, 1 to 4 (doc): a password; a code that was sent; a passkey, or a
    /// password and a code that was sent; a password and an authenticator.
    /// </summary>
    /// <param name="methods">Names of <see cref="AuthMethods"/>.</param>
    public static int LevelOf(IReadOnlyList<string> methods)
    {
        var hasPassword = methods.Contains(AuthMethods.Password);
        if (hasPassword && methods.Contains(AuthMethods.OneTimeCode)) return 4;
        var isSent = methods.Contains(AuthMethods.Sms) || methods.Contains(AuthMethods.EmailCode);
        if (hasPassword && isSent) return 3;
        if (methods.Contains(AuthMethods.SoftwareKey) || methods.Contains(AuthMethods.HardwareKey)) return 3;
        return isSent ? 2 : 1;
    }

    /// <summary>The levels that a request asks for, in its order; names that no level has are passed over
    /// (doc).</summary>
    /// <param name="levels">Of the pool; null for the default names.</param>
    /// <param name="names">Separated by spaces.</param>
    public static IReadOnlyList<int> Asked(
        IReadOnlyDictionary<string, AcrLevelConfigType>? levels, string names) =>
    [
        .. names.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Array.FindIndex(
                Names, level => (levels?.GetValueOrDefault(level)?.AcrValue ?? Defaults[level]) == name) + 1)
            .Where(level => level > 0)
            .Distinct(),
    ];

    // RFC 3986 §2: visible ASCII but for the delimiters of text that surrounds a URI.
    private static bool IsName(string? name) =>
        name is { Length: >= 1 and <= MaxLength }
        && name.All(character => character is > ' ' and <= '~' and not ('"' or '\'' or '\\' or '<' or '>'));
}
