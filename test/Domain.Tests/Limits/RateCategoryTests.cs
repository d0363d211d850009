using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain.Limits;
using Xunit;

namespace Lifeguard.Domain.Tests.Limits;

public sealed class RateCategoryTests
{
    [Fact]
    public void Every_operation_draws_on_a_category_that_has_a_rate() => Assert.All(
        OperationFactsTable.All.Values, facts => Assert.NotNull(RateCategory.Find(facts.RateCategory)));

    [Fact]
    public void Rates_are_the_ones_that_the_contract_folder_has_evidence_for()
    {
        using var observed = JsonDocument.Parse(File.ReadAllText(Observed()));

        foreach (var group in observed.RootElement.GetProperty("rates").EnumerateObject())
        {
            Assert.Equal(
                group.Value.GetProperty("perSecond").GetInt32(), RateCategory.Find(group.Name)!.PerSecond);
        }
    }

    [Fact]
    public void Names_are_sorted_and_stand_once() => Assert.Equal(
        RateCategory.All.Select(category => category.Name).Distinct().Order(StringComparer.Ordinal),
        RateCategory.All.Select(category => category.Name));

    private static string Observed()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = here; folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "contract", "observed.json");
            if (File.Exists(file)) return file;
        }

        throw new InvalidOperationException("The contract folder is not above the tests.");
    }
}
