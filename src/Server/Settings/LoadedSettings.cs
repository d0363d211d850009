using System.Text;

namespace Lifeguard.Server.Settings;

/// <summary>The settings in force, with the source of each.</summary>
/// <param name="Settings">Typed.</param>
/// <param name="Values">In the order of the catalogue.</param>
public sealed record LoadedSettings(ServerSettings Settings, IReadOnlyList<SettingValue> Values)
{
    /// <summary>What stands in files that other users of the machine can read, in force or not.</summary>
    public IReadOnlyList<SettingValue> OpenToOthers { get; init; } = [];

    /// <summary>The table of <c>lifeguard settings</c>: name, value with secrets hidden, source,
    /// meaning.</summary>
    public string Table()
    {
        string[][] rows =
        [
            ["SETTING", "VALUE", "SOURCE", "MEANING"],
            .. Values.Select(value =>
                (string[])[value.Name, value.Shown, value.Source, value.Setting.Meaning]),
        ];
        var widths = Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            for (var column = 0; column < widths.Length; column++)
                text.Append(row[column].PadRight(widths[column] + 2));
            text.Append(row[^1]).Append('\n');
        }

        return text.ToString();
    }
}
