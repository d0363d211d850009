using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Walk;

/// <summary>What came of a walk.</summary>
/// <param name="printed">A line for each step.</param>
/// <param name="summary">What was called, refused and excused.</param>
/// <param name="operations">Those that it had to lead over.</param>
internal sealed class Walked(string printed, JsonElement summary, IReadOnlyList<OperationFacts> operations)
{
    /// <summary>Answered before the operation is looked at, so that none declares it.</summary>
    private const string OfTheFront = "AccessDeniedException";

    /// <summary>No step failed, every operation has succeeded, and of the errors that it declares each was
    /// caused or is excused, none both.</summary>
    public void MustBeComplete()
    {
        var failed = summary.At("counts.FAILED").GetInt32();
        Assert.True(failed == 0, $"{failed} steps failed:\n{FailedSteps()}");

        var called = summary.GetProperty("called").EnumerateArray().Select(name => name.GetString()!)
            .ToHashSet();
        var refused = summary.GetProperty("refused");
        var excused = summary.GetProperty("excused");
        var faults = operations.SelectMany(operation =>
        {
            var name = operation.Name;
            string[] uncalled = called.Contains(name) ? [] : [$"{name} has never succeeded."];
            return uncalled.Concat(Faults(operation, Listed(refused, name), Listed(excused, name)));
        });
        Assert.True(!faults.Any(), string.Join('\n', faults));
    }

    /// <summary>The lines of the steps that failed, with what their errors say. The rest of hundreds would
    /// hide them.</summary>
    private string FailedSteps() =>
        string.Join('\n', printed.Split('\n').Where(line => !line.StartsWith("ok ", StringComparison.Ordinal)
            && !line.StartsWith('{')));

    private static IEnumerable<string> Faults(
        OperationFacts operation, HashSet<string> seen, HashSet<string> excused)
    {
        var declared = operation.Errors.ToHashSet();
        foreach (var error in declared.Except(seen).Except(excused))
            yield return $"{operation.Name} was never refused with {error}, and nothing excuses it.";
        foreach (var error in seen.Intersect(excused))
            yield return $"{operation.Name} was refused with {error}: take the excuse out.";
        foreach (var error in seen.Except(declared).Where(error => error != OfTheFront))
            yield return $"{operation.Name} was refused with {error}, which it does not declare.";
        foreach (var error in excused.Except(declared))
            yield return $"{operation.Name} is excused for {error}, which it does not declare.";
    }

    private static HashSet<string> Listed(JsonElement lists, string operation) =>
        lists.TryGetProperty(operation, out var list)
            ? [.. list.EnumerateArray().Select(error => error.GetString()!)]
            : [];
}
