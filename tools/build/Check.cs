namespace Lifeguard.Build;

/// <summary>Everything that must hold before a change is offered.</summary>
internal static class Check
{
    /// <summary>Runs every step even when one fails, so that one run shows all there is to mend.</summary>
    public static int Run(bool fast)
    {
        List<(string Name, Func<int> Step)> steps =
        [
            ("whitespace (dotnet format whitespace mends it)", Whitespace),
            ("style (dotnet format style mends it)", Style),
            ("generated contract (dotnet run build.cs gen mends it)", Contract),
            ("build with AOT and trim analysis", Analysis),
        ];
        if (!fast)
        {
            steps.Add(("tests without services", () => TestRun.Run(TestChoice.All, withRealParts: false)));
        }

        var failed = steps.Where(step => step.Step() != 0).Select(step => step.Name).ToList();
        foreach (var name in failed)
        {
            Console.WriteLine($"check failed: {name}");
        }

        Console.WriteLine($"{steps.Count - failed.Count} of {steps.Count} checks passed");
        return failed.Count == 0 ? 0 : 1;
    }

    private static int Whitespace() => Shell.Dotnet(
    [
        "format", "whitespace", ".", "--folder", "--verify-no-changes",
        "--exclude", "artifacts/", "test/parts/node_modules/", "--verbosity", "minimal",
    ]);

    private static int Style() => Shell.Dotnet(
    [
        "format", "style", "Lifeguard.slnx", "--verify-no-changes",
        "--severity", "warn", "--verbosity", "minimal",
    ]);

    private static int Contract() => Shell.Dotnet(["run", "--project", "tools/ContractGen", "--", "verify"]);

    private static int Analysis() => Shell.Dotnet(
        ["build", "src/Server", "-p:AotAnalysis=true", .. Shell.Quiet]);
}
