namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>Scripts of test/parts.</summary>
internal static class Script
{
    /// <summary>Starts a script that stays.</summary>
    public static ChildProcess Start(
        string name, string[] arguments, params IEnumerable<KeyValuePair<string, string?>> environment) =>
        ChildProcess.Start("node", [Path.Combine(Available.Scripts, name), .. arguments], environment);

    /// <summary>Runs a script that checks something and fails when it finds it otherwise.</summary>
    public static async Task MustSucceed(string name, params string[] arguments)
    {
        var path = Path.Combine(Available.Scripts, name);
        var finished = await Finished.Run("node", [path, .. arguments]);
        Assert.True(finished.ExitCode == 0, $"{name} ended with {finished.ExitCode}:\n{finished.Printed}");
    }

    /// <summary>Runs a script that does the same and takes its time: it tells every step in a line, and ends
    /// with <c>done</c>.</summary>
    public static async Task MustLeadOn(string name, params string[] arguments)
    {
        await using var script = Start(name, arguments);
        string line;
        do line = await script.Line(static _ => true);
        while (line != "done");
    }
}
