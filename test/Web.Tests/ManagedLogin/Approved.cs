using System.Runtime.CompilerServices;

namespace Lifeguard.Web.Tests.ManagedLogin;

/// <summary>Texts that somebody has read and found good.</summary>
internal static class Approved
{
    /// <summary>Compares with the approved text in the folder beside the test. A missing or different one is
    /// written as <c>.received.txt</c>; with LIFEGUARD_APPROVE=1 it becomes the approved one.</summary>
    public static void Match(string name, string actual, [CallerFilePath] string testFile = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(testFile)!, "Approved", name);
        var (approved, received) = (stem + ".approved.txt", stem + ".received.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
        if (Environment.GetEnvironmentVariable("LIFEGUARD_APPROVE") == "1")
            File.WriteAllText(approved, actual);
        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"It differs from the approved one; compare {received} with {approved}.");
    }
}
