using System.Text.RegularExpressions;
using Lifeguard.ContractGen;
using Xunit;

namespace Lifeguard.Contract.Tests;

public sealed partial class CoverageTests
{
    [Fact]
    public void The_table_holds_exactly_the_operations_of_the_contract()
    {
        Assert.Equal(Facts.Operations, OperationFactsTable.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(OperationFactsTable.All, entry => Assert.Equal(entry.Key, entry.Value.Name));
    }

    [Fact]
    public void The_facts_of_each_operation_are_those_of_the_contract()
    {
        Assert.All(OperationFactsTable.All.Values, facts =>
        {
            var operation = Facts.Operation(facts.Name);
            // The model names an error twice here and there; the overlay may add one, and takes none away.
            var declared = operation["errors"]!.AsArray().Select(error => (string)error!).Distinct();
            Assert.Equal(declared.Union(Facts.ErrorsAddedTo(facts.Name)), facts.Errors);
            Assert.Equal(operation["output"] is not null, facts.HasOutput);
            Assert.Equal((bool)operation["signed"]!, facts.Authority == Authority.Administrator);
        });
    }

    [Fact]
    public void Every_structure_of_the_contract_is_a_record_and_every_record_is_in_the_contract()
    {
        var records = typeof(IShape).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IShape)) && type != typeof(NoContent))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal);

        Assert.Equal(Facts.Structures, records);
    }

    [Fact]
    public void Every_error_of_the_contract_is_a_code()
    {
        Assert.Equal(Facts.Errors, Errors.All);
        Assert.Equal(["InternalErrorException", "InternalServerException"], Errors.All.Where(Errors.IsFault));
    }

    [Fact]
    public void Every_enum_has_a_holder_of_all_its_values()
    {
        Assert.All(Facts.Strings.Where(shape => Facts.Values(shape) is not null), shape =>
            Assert.Equal(Facts.Values(shape), Wire.TypeOf(shape).GetField("All")!.GetValue(null)));
    }

    [Fact]
    public void Requests_of_signed_in_users_carry_an_access_token()
    {
        Assert.All(OperationFactsTable.All.Values, facts =>
        {
            var input = Wire.TypeOf((string)Facts.Operation(facts.Name)["input"]!);
            Assert.Equal(
                facts.Authority == Authority.SignedInUser, input.IsAssignableTo(typeof(IHasAccessToken)));
        });
    }

    [Fact]
    public void Signed_in_users_have_22_operations_and_the_public_13()
    {
        var counts = OperationFactsTable.All.Values.CountBy(facts => facts.Authority).ToDictionary();

        Assert.Equal(105, counts[Authority.Administrator]);
        Assert.Equal(22, counts[Authority.SignedInUser]);
        Assert.Equal(13, counts[Authority.Public]);
    }

    [Fact]
    public void The_files_on_disk_are_what_the_generator_writes()
    {
        Assert.Empty(GeneratedTree.From(Facts.Repository).DifferencesFrom(Facts.Repository));
    }

    [Fact]
    public void The_operation_table_names_every_operation_once()
    {
        var table = GeneratedTree.From(Facts.Repository).Files["src/Operations/OperationTable.g.cs"];

        var entries = EntryLine().Matches(table).Select(match => match.Groups[1].Value);

        Assert.Equal(Facts.Operations, entries);
    }

    [GeneratedRegex(@"^ +""(\w+)"" => ", RegexOptions.Multiline)]
    private static partial Regex EntryLine();
}
