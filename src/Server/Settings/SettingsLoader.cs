namespace Lifeguard.Server.Settings;

/// <summary>Lays the sources over each other and checks every value against the catalogue.</summary>
public static class SettingsLoader
{
    /// <summary>The settings of <paramref name="life"/>; of two layers that name the same setting the later
    /// one wins. Customary order: file, environment, flags.</summary>
    /// <exception cref="SettingsException">A setting is unknown or ill-typed.</exception>
    public static LoadedSettings Load(Life life, params IReadOnlyList<SettingsLayer> layers)
    {
        var values = SettingCatalogue.All.Where(setting => !setting.IsMap).ToDictionary(
            setting => setting.Name,
            setting => new SettingValue(setting, setting.Name, setting.DefaultIn(life), "default"),
            StringComparer.OrdinalIgnoreCase);
        List<SettingValue> open = [];
        foreach (var layer in layers) Apply(layer, life, values, open);
        SettingValue[] ordered = [.. SettingCatalogue.All.SelectMany(setting => values.Values
            .Where(value => value.Setting == setting)
            .OrderBy(value => value.Name, StringComparer.Ordinal))];
        return new(SettingsBinder.Bind(life, ordered), ordered) { OpenToOthers = open };
    }

    private static void Apply(
        SettingsLayer layer, Life life, Dictionary<string, SettingValue> values, List<SettingValue> open)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in layer.Entries)
        {
            var value = Check(entry, life);
            if (!seen.Add(value.Name))
                throw new SettingsException($"{value.Name} is given twice ({entry.Source}).");
            values[value.Name] = value;
            if (entry.IsOpenToOthers) open.Add(value);
        }
    }

    private static SettingValue Check(SettingsLayer.Entry entry, Life life)
    {
        var setting = SettingCatalogue.Find(entry.Name) ?? throw Unknown(entry);
        var name = setting.IsMap ? setting.Name + entry.Name[setting.Name.Length..] : setting.Name;
        if (setting.IsEnvironmentOnly && entry.IsFromFile)
        {
            throw new SettingsException(
                $"{name} ({entry.Source}) may come from the environment only; give MasterKeyFile in a file.");
        }

        var mayBeEmpty = !setting.IsMap && setting.DefaultIn(life).Length == 0;
        if (entry.Text.Length == 0 ? mayBeEmpty : setting.Kind.Accepts(entry.Text))
            return new(setting, name, entry.Text, entry.Source);
        throw new SettingsException($"{name} ({entry.Source}) must be {setting.Kind.Wanted}.");
    }

    private static SettingsException Unknown(SettingsLayer.Entry entry)
    {
        var given = entry.Name.ToLowerInvariant();
        var (nearest, distance) = SettingCatalogue.All.Select(setting => setting.Name.TrimEnd(':'))
            .Select(name => (name, Distance(name.ToLowerInvariant(), given)))
            .MinBy(known => known.Item2);
        // Something far away would only puzzle.
        var hint = distance <= Math.Max(2, given.Length / 3)
            ? $"The nearest one is {nearest}."
            : "All are listed by: lifeguard settings";
        return new($"Unknown setting {entry.Name} ({entry.Source}). {hint}");
    }

    /// <summary>How many single-character changes lead from one text to the other (Levenshtein). The second
    /// text is cut, because it comes from outside.</summary>
    private static int Distance(string known, string given)
    {
        const int Longest = 100;
        if (given.Length > Longest) given = given[..Longest];
        var row = Enumerable.Range(0, given.Length + 1).ToArray();
        for (var i = 1; i <= known.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= given.Length; j++)
            {
                var change = diagonal + (known[i - 1] == given[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
