namespace Lifeguard.Clients;

/// <summary>A program that ran to its end.</summary>
/// <param name="Printed">On either stream.</param>
public sealed record Finished(int ExitCode, string Printed)
{
    /// <summary>Runs a program to its end.</summary>
    public static async Task<Finished> Run(
        string program,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>>? environment = null,
        string? folder = null)
    {
        await using var process = ChildProcess.Start(program, arguments, environment, folder);
        return new(await process.End(), process.Printed);
    }
}
