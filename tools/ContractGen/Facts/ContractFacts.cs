using System.Text.Json;

namespace Lifeguard.ContractGen.Facts;

/// <summary>The whole contract: the facts with the overlay laid over them.</summary>
public sealed class ContractFacts
{
    private ContractFacts(IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, Shape> shapes) =>
        (Operations, Shapes) = (operations, shapes);

    /// <summary>All operations, sorted by name.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>All shapes by name.</summary>
    public IReadOnlyDictionary<string, Shape> Shapes { get; }

    /// <summary>Reads the files of the contract folder.</summary>
    public static ContractFacts Load(Repository repository)
    {
        using var facts = JsonDocument.Parse(repository.Require("contract/cognito-idp.json"));
        var overlay = Overlay.Parse(repository.Require("contract/observed.json"));
        var contract = new ContractFacts(
            Sorted(facts, "operations", entry => ReadOperation(entry, overlay)),
            Sorted(facts, "shapes", entry => ReadShape(entry, overlay)).ToDictionary(shape => shape.Name));
        contract.RefuseUnknownNames(overlay);
        return contract;
    }

    /// <summary>The shape of a member.</summary>
    public Shape Of(Member member) => Shapes[member.Shape];

    private static List<T> Sorted<T>(JsonDocument facts, string section, Func<JsonProperty, T> read) =>
        facts.RootElement.GetProperty(section).EnumerateObject()
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(read)
            .ToList();

    private static Operation ReadOperation(JsonProperty entry, Overlay overlay) => new(
        entry.Name,
        entry.Value.GetProperty("signed").GetBoolean() ? "Administrator" : overlay.AuthorityOf(entry.Name),
        overlay.RoomOf(entry.Name),
        overlay.RateOf(entry.Name),
        Text(entry.Value, "input")!,
        Text(entry.Value, "output"),
        [.. Texts(entry.Value, "errors")!.Union(overlay.ErrorsAddedTo(entry.Name))],
        overlay.ReplicasOf(entry.Name));

    private static Shape ReadShape(JsonProperty entry, Overlay overlay)
    {
        var facts = entry.Value;
        var kind = Enum.Parse<ShapeKind>(Text(facts, "kind")!, ignoreCase: true);
        return new Shape(entry.Name, kind)
        {
            Min = Number(facts, "min"),
            Max = Number(facts, "max"),
            Pattern = overlay.Pattern(entry.Name, "printed") ?? Text(facts, "pattern"),
            Matched = overlay.Pattern(entry.Name, "matched"),
            Values = Texts(facts, "enum")?.Concat(overlay.ValuesAddedTo(entry.Name)).ToList(),
            IsSensitive = facts.TryGetProperty("sensitive", out _),
            IsFault = facts.TryGetProperty("fault", out _),
            Element = Text(facts, "element"),
            Key = Text(facts, "key"),
            Value = Text(facts, "value"),
            Members = ReadMembers(entry, overlay),
        };
    }

    private static List<Member> ReadMembers(JsonProperty shape, Overlay overlay)
    {
        if (!shape.Value.TryGetProperty("members", out var members))
            return [];
        return members.EnumerateObject().Select(member =>
        {
            var words = member.Value.GetString()!.Split(' ');
            return new Member(
                member.Name,
                overlay.TypeOf(shape.Name, member.Name) ?? words[0],
                words.Contains("required") || overlay.Lists("required", shape.Name, member.Name),
                overlay.Lists("alwaysSent", shape.Name, member.Name));
        }).ToList();
    }

    private void RefuseUnknownNames(Overlay overlay)
    {
        var operations = Operations.Select(operation => operation.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = overlay.Names("authority").Concat(overlay.Names("errors"))
            .Concat(overlay.NamedByReplicas)
            .Where(name => !operations.Contains(name))
            .Concat(((string[])["required", "alwaysSent", "patterns", "types", "values"])
                .SelectMany(overlay.Names)
                .Where(name => !Shapes.ContainsKey(name)))
            .ToList();
        if (unknown.Count > 0)
            throw new InvalidDataException($"Not in the contract: {string.Join(", ", unknown)}");
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    private static List<string>? Texts(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value)
            ? value.EnumerateArray().Select(text => text.GetString()!).ToList()
            : null;
}
