using Xunit;

namespace Lifeguard.Tidy.Tests;

/// <summary>What breaks a rule, and how to mend it.</summary>
internal static class Offenders
{
    /// <summary>Fails with the list of offenders, unless there are none.</summary>
    public static void ShouldBeNone(this IEnumerable<string> offenders, string mend)
    {
        var list = offenders.ToList();
        Assert.True(list.Count == 0, $"{mend}\n  {string.Join("\n  ", list)}");
    }
}
