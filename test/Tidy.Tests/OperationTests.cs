using System.Text.Json;
using Xunit;

namespace Lifeguard.Tidy.Tests;

/// <summary>An operation has one name, by which facts, handler and wire test find each other.</summary>
public sealed class OperationTests
{
    private const string Facts = "contract/cognito-idp.json";
    private const string Overlay = "contract/observed.json";
    private const string NotBuilt = "contract/not-built.txt";

    [Fact]
    public void Every_built_operation_has_one_handler_in_its_room()
    {
        Built().Where(operation => !RepositoryFiles.All.Contains(HandlerOf(operation)))
            .Select(HandlerOf)
            .ShouldBeNone($"Write the handler there, or put the operation back into {NotBuilt}:");
    }

    [Fact]
    public void No_handler_stands_twice_or_in_another_room()
    {
        var operations = Operations();

        RepositoryFiles.In("src/Operations/")
            .Where(path => operations.Contains(Path.GetFileNameWithoutExtension(path)))
            .Where(path => path != HandlerOf(Path.GetFileNameWithoutExtension(path)))
            .ShouldBeNone($"Move it to the room that {Overlay} gives it:");
    }

    [Fact]
    public void Every_built_operation_has_a_wire_test()
    {
        Built().Select(operation => $"test/Wire.Tests/{RoomOf(operation)}/{operation}Tests.cs")
            .Where(path => !RepositoryFiles.All.Contains(path))
            .ShouldBeNone("Test the operation over the wire, in a file of this name:");
    }

    [Fact]
    public void What_is_not_built_has_no_handler()
    {
        Operations().Intersect(NamesNotBuilt())
            .Where(operation => RepositoryFiles.All.Contains(HandlerOf(operation)))
            .ShouldBeNone($"Take its line out of {NotBuilt}, then `dotnet run build.cs gen`:");
    }

    [Fact]
    public void What_is_not_built_is_an_operation_and_stands_once_and_in_order()
    {
        var names = NamesNotBuilt();
        var unknown = names.Except(Operations()).Select(name => $"{name} is not in {Facts}");
        var disorder = names.Zip(names.Skip(1))
            .Where(pair => string.CompareOrdinal(pair.First, pair.Second) >= 0)
            .Select(pair => $"{pair.Second} stands after {pair.First}");

        unknown.Concat(disorder).ShouldBeNone($"Mend these lines of {NotBuilt}:");
    }

    [Fact]
    public void Every_observation_says_where_it_comes_from()
    {
        var offenders = Read(Overlay) is not { } root ? [] :
            from section in root.EnumerateObject()
            where section.Value.ValueKind == JsonValueKind.Object
            from entry in section.Value.EnumerateObject()
            where !HasEvidence(entry.Value)
            select $"{section.Name}.{entry.Name}";

        offenders.ShouldBeNone(
            $"Give the entry of {Overlay} `evidence` that begins with `doc:`, `observed:` or `inferred:`:");
    }

    private static bool HasEvidence(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object
        && entry.TryGetProperty("evidence", out var evidence)
        && evidence.GetString()!.Split(": ", 2) is ["doc" or "observed" or "inferred", { Length: > 5 }];

    private static HashSet<string> Operations() => Read(Facts) is { } root
        ? [.. root.GetProperty("operations").EnumerateObject().Select(operation => operation.Name)]
        : [];

    private static IReadOnlyList<string> NamesNotBuilt() =>
        [.. RepositoryFiles.TextOrNothing(NotBuilt).Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.Length > 0 && !line.StartsWith('#'))];

    private static IEnumerable<string> Built() => Operations().Except(NamesNotBuilt());

    private static string HandlerOf(string operation) => $"src/Operations/{RoomOf(operation)}/{operation}.cs";

    private static string RoomOf(string operation) =>
        Read(Overlay)!.Value.GetProperty("rooms").EnumerateObject()
            .FirstOrDefault(room => room.Value.GetProperty("operations").EnumerateArray()
                .Any(name => name.ValueEquals(operation)))
            is { Value.ValueKind: JsonValueKind.Object } room
                ? room.Name
                : throw new InvalidOperationException($"{operation} has no room in {Overlay}");

    private static JsonElement? Read(string path) =>
        RepositoryFiles.TextOrNothing(path) is { Length: > 0 } json
            ? JsonDocument.Parse(json).RootElement
            : null;
}
