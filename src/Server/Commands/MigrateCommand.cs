using System.CommandLine;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard migrate</c>: brings the tables up to date, which a starting server does as
/// well.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database up to date");
        var options = new SettingOptions(command);
        return command.Does((given, cancellation) => Administration.Run(
            options,
            given,
            static (_, _) =>
            {
                Terminal.Say("The database is up to date.");
                return Task.FromResult(0);
            },
            cancellation));
    }
}
