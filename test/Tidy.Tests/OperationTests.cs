using System.Text.Json;
using Xunit;

namespace Lifeguard.Tidy.Tests;

/// <summary>An operation has one name, by which facts, handler and wire test find each other.</summary>
public sealed class OperationTests
{
    private const string Facts = "contract/cognito-idp.json";
    private const string Overlay = "contract/observed.json";

    [Fact]
    public void Every_operation_has_one_handler_in_its_room()
    {
        Operations().Select(HandlerOf)
            .Where(path => !RepositoryFiles.All.Contains(path))
            .ShouldBeNone("Write the handler there:");
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
    public void Every_operation_has_a_wire_test()
    {
        Operations().Select(operation => $"test/Wire.Tests/{RoomOf(operation)}/{operation}Tests.cs")
            .Where(path => !RepositoryFiles.All.Contains(path))
            .ShouldBeNone("Test the operation over the wire, in a file of this name:");
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
