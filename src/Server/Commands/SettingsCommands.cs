using System.CommandLine;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard settings</c> and <c>lifeguard doctor</c>.</summary>
internal static class SettingsCommands
{
    public static Command Settings()
    {
        var command = new Command("settings", "Lists all settings with value, source and meaning");
        var dev = Dev(command);
        var options = new SettingOptions(command);
        return command.Does((given, _) =>
        {
            Terminal.Say(options.Load(LifeOf(given, dev), given).Table().TrimEnd());
            return Task.FromResult(0);
        });
    }

    public static Command Doctor()
    {
        var command = new Command("doctor", "Tells what is unsafe or cannot work; changes nothing");
        var dev = Dev(command);
        var options = new SettingOptions(command);
        return command.Does(async (given, cancellation) =>
        {
            var life = LifeOf(given, dev);
            var loaded = options.Load(life, given);
            var examination = Examination.Of(loaded);
            foreach (var finding in examination.Findings)
                Terminal.Say($"{Word(finding.Weight)}  {finding.Setting}: {finding.Message}");
            if (examination.IsRefused) return 1;
            if (life is Life.Serve && loaded.Settings.Database != "memory"
                && await DatabaseLook.At(loaded.Settings, cancellation) is { } news)
            {
                Terminal.Say($"note     Database: {news}");
            }

            Terminal.Say("ok       The server can start.");
            return 0;
        });
    }

    private static Option<bool> Dev(Command command)
    {
        var option = new Option<bool>("--dev") { Description = "As under lifeguard dev" };
        command.Add(option);
        return option;
    }

    private static Life LifeOf(ParseResult given, Option<bool> dev) =>
        given.GetValue(dev) ? Life.Dev : Life.Serve;

    private static string Word(FindingWeight weight) =>
        weight is FindingWeight.Refusal ? "refused" : "warning";
}
