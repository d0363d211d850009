namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>What this machine has to offer; a test that lacks something is skipped and says why.</summary>
internal static class Available
{
    /// <summary>Connection string of somebody who may create databases.</summary>
    public static string Postgres => Value("LIFEGUARD_TEST_POSTGRES");

    /// <summary>The folder with the scripts that run under Node.js.</summary>
    public static string Scripts => Value("LIFEGUARD_TEST_PARTS");

    /// <summary>The AWS CLI.</summary>
    public static string Aws => Value("LIFEGUARD_TEST_AWS");

    /// <summary>Python 3.</summary>
    public static string Python => Value("LIFEGUARD_TEST_PYTHON");

    /// <summary>A browser.</summary>
    public static string Chromium => Value("LIFEGUARD_TEST_CHROMIUM");

    private static string Value(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(value), $"{variable} is not set.");
        return value!;
    }
}
