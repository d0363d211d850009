namespace Lifeguard.Clients;

/// <summary>Where the program lies.</summary>
public static class LifeguardProgram
{
    private const string Variable = "LIFEGUARD_TEST_PROGRAM";

    /// <summary>The one that was built with the tests, or the one that LIFEGUARD_TEST_PROGRAM names, such as
    /// a native build.</summary>
    public static string File { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? given
        : BuiltBesideTheTests();

    private static string BuiltBesideTheTests()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(own.Parent!.Parent!.FullName, "Server", own.Name, "lifeguard");
    }
}
