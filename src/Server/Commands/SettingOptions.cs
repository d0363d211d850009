using System.Collections;
using System.CommandLine;
using Lifeguard.Server.Settings;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary>The options by which every command takes settings: a file, single settings, and the flags of the
/// catalogue.</summary>
internal sealed class SettingOptions
{
    private const string DefaultFile = "lifeguard.json";

    private readonly Option<FileInfo?> file = new("--settings")
    {
        Description = $"Settings file (default: {DefaultFile})",
    };

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Any setting, as Name=Value; see: lifeguard settings",
    };

    private readonly List<(Setting Setting, Option<string?> Option)> flags =
    [
        .. SettingCatalogue.All
            .Where(setting => setting.Flag is not null)
            .Select(setting => (setting, Flag(setting))),
    ];

    /// <summary>Adds the options to a command.</summary>
    public SettingOptions(Command command)
    {
        command.Add(file);
        command.Add(set);
        foreach (var (_, option) in flags) command.Add(option);
    }

    /// <summary>The settings in force: of file, environment and command line the later wins.</summary>
    /// <exception cref="SettingsException">One is unknown or ill-typed.</exception>
    public LoadedSettings Load(Life life, ParseResult given, params IReadOnlyList<SettingsLayer> defaults)
    {
        var loaded = SettingsLoader.Load(
            life, [.. defaults, .. FromFile(given), FromEnvironment(), FromSet(given), FromFlags(given)]);
        var database = loaded.Values.First(value => value.Name == "Database");
        return ConnectionString.DefectOf(database.Text) is { } defect
            ? throw new SettingsException(
                $"{database.Name} ({database.Source}) must be {database.Setting.Kind.Wanted}: {defect}.")
            : loaded;
    }

    private IEnumerable<SettingsLayer> FromFile(ParseResult given)
    {
        var path = given.GetValue(file)?.FullName ?? DefaultFile;
        // The usual file may be missing; one that was asked for may not.
        if (given.GetValue(file) is null && !File.Exists(path)) return [];
        using var stream = File.OpenRead(path);
        using var reader = new StreamReader(stream);
        var isOpenToOthers = !OperatingSystem.IsWindows()
            && MasterKey.IsOpenToOthers(File.GetUnixFileMode(stream.SafeFileHandle));
        return [SettingsLayer.FromFile(Path.GetFileName(path), reader.ReadToEnd(), isOpenToOthers)];
    }

    private static SettingsLayer FromEnvironment() => SettingsLayer.FromEnvironment(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));

    private SettingsLayer FromSet(ParseResult given) => new([.. (given.GetValue(set) ?? []).Select(Single)]);

    private static SettingsLayer.Entry Single(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) throw new SettingsException("--set takes Name=Value.");
        var name = text[..equals];
        if (SettingCatalogue.Find(name) is { IsSecret: true })
        {
            throw new SettingsException(
                $"{name} is secret, and other users see command lines; set it in the environment.");
        }

        return new(name, text[(equals + 1)..], "--set");
    }

    private SettingsLayer FromFlags(ParseResult given) => SettingsLayer.FromFlags(
        from flag in flags
        where given.GetResult(flag.Option) is { Implicit: false }
        select KeyValuePair.Create(flag.Setting.Flag!, given.GetValue(flag.Option) ?? "true"));

    /// <summary>A yes-or-no setting needs no value.</summary>
    private static Option<string?> Flag(Setting setting) => new(setting.Flag!)
    {
        Description = setting.Meaning,
        Arity = setting.Kind == SettingKind.Flag ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };
}
