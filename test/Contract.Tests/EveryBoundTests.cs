using Xunit;

namespace Lifeguard.Contract.Tests;

public sealed class EveryBoundTests
{
    [Fact]
    public void Every_broken_top_level_bound_is_reported_in_the_words_of_the_service()
    {
        var cases = Facts.Operations.SelectMany(BrokenRequests.Of).ToList();

        var wrong = cases.Select(Difference).OfType<string>().ToList();

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong.Take(20)));
        Assert.True(cases.Count > 1000, $"Only {cases.Count} cases came out of the facts.");
    }

    [Fact]
    public void A_request_made_of_valid_values_breaks_no_bound()
    {
        var complaints = Facts.Operations
            .Select(operation => (string)Facts.Operation(operation)["input"]!)
            .SelectMany(input => new[] { (input, all: true), (input, all: false) })
            .Select(x => Complaint(x.input, Samples.Structure(x.input, x.all).ToJsonString()))
            .Where(words => words.Length > 0);

        Assert.Empty(complaints);
    }

    private static string? Difference(BrokenRequest broken)
    {
        var actual = Complaint(broken.Input, broken.Json);
        return actual == broken.Expected
            ? null
            : $"{broken.Input}, {broken.Case}\n  expected {broken.Expected}\n  actual   {actual}";
    }

    private static string Complaint(string input, string json) => Wire.Complaint(Wire.Read(input, json));
}
