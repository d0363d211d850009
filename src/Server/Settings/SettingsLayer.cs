using System.Text.Json;

namespace Lifeguard.Server.Settings;

/// <summary>Settings from one place, not yet compared with the catalogue.</summary>
public sealed record SettingsLayer(IReadOnlyList<SettingsLayer.Entry> Entries)
{
    /// <summary>The prefix of environment variables.</summary>
    public const string EnvironmentPrefix = "LIFEGUARD__";

    private const int MaxDepth = 8;

    /// <summary>One setting as it was given.</summary>
    /// <param name="IsFromFile">Files are read by more people than environments are.</param>
    /// <param name="IsOpenToOthers">Other users of the machine can read that file.</param>
    public sealed record Entry(
        string Name, string Text, string Source, bool IsFromFile = false, bool IsOpenToOthers = false)
    {
        /// <summary>Never prints the value, which may be a secret.</summary>
        public override string ToString() => $"{Name} ({Source})";
    }

    /// <summary>Nested objects become names joined by colons. Comments and trailing commas are allowed, a
    /// name given twice and lists are not; <c>$schema</c> is for editors.</summary>
    /// <param name="file">Name for messages.</param>
    /// <param name="isOpenToOthers">Other users of the machine can read it.</param>
    /// <exception cref="SettingsException">It is not such a file.</exception>
    public static SettingsLayer FromFile(string file, string json, bool isOpenToOthers = false)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new()
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                MaxDepth = MaxDepth,
            });
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? new([.. Flatten(file, "", document.RootElement)
                    .Select(entry => entry with { IsOpenToOthers = isOpenToOthers })])
                : throw new SettingsException($"{file} must hold a JSON object.");
        }
        catch (JsonException broken)
        {
            throw new SettingsException($"{file} is not valid JSON (line {broken.LineNumber + 1}).");
        }
    }

    /// <summary>Variables such as <c>LIFEGUARD__Email__Smtp__Host</c>; all others are passed over.</summary>
    public static SettingsLayer FromEnvironment(IEnumerable<KeyValuePair<string, string>> variables) => new(
        [.. variables
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new Entry(
                variable.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal),
                variable.Value,
                $"environment {variable.Key}"))]);

    /// <summary>Flags such as <c>--listen</c> with their values.</summary>
    /// <exception cref="SettingsException">There is no such flag.</exception>
    public static SettingsLayer FromFlags(IEnumerable<KeyValuePair<string, string>> flags) => new(
        [.. flags.Select(flag => new Entry(
            SettingCatalogue.All.FirstOrDefault(setting => setting.Flag == flag.Key)?.Name
                ?? throw new SettingsException($"There is no flag {flag.Key}."),
            flag.Value,
            flag.Key))]);

    private static IEnumerable<Entry> Flatten(string file, string prefix, JsonElement element)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var name = prefix + member.Name;
            if (!seen.Add(member.Name)) throw new SettingsException($"{name} is given twice ({file}).");
            if (name == "$schema") continue;
            if (member.Value.ValueKind is JsonValueKind.Object)
            {
                foreach (var inner in Flatten(file, name + ":", member.Value)) yield return inner;
                continue;
            }

            yield return new(name, TextOf(file, name, member.Value), file, IsFromFile: true);
        }
    }

    private static string TextOf(string file, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new SettingsException($"{name} ({file}) must be a text, a number, true or false."),
    };
}
