using System.CommandLine;

namespace Lifeguard.Server.Commands;

/// <summary>All commands.</summary>
internal static class Root
{
    /// <summary>The host ends itself on a signal and waits for calls under way, which the command line's own
    /// handling would cut short.</summary>
    public static InvocationConfiguration Invocation => new() { ProcessTerminationTimeout = null };

    public static RootCommand Command() => new(
        "Identity server that speaks the Amazon Cognito user-pools API.")
    {
        DevCommand.Create(),
        ServeCommand.Create(),
        OperationsCommand.Create(),
        AccessKeyCommands.Create(),
        KeysCommands.Create(),
        PoolCommands.Create(),
        UserCommands.Create(),
        MessageCommands.Create(),
        DecryptCodeCommand.Create(),
        MigrateCommand.Create(),
        SettingsCommands.Settings(),
        SettingsCommands.Doctor(),
        VersionCommand.Create(),
    };

    /// <summary>Gives a command its work. What the user can put right is said in one line, with exit code
    /// 1.</summary>
    public static Command Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction(async (given, cancellation) =>
        {
            try
            {
                return await work(given, cancellation);
            }
            catch (Exception refused) when (Refusals.Explain(refused) is { } reason)
            {
                Terminal.Complain($"lifeguard: {reason}");
                return 1;
            }
        });
        return command;
    }
}
