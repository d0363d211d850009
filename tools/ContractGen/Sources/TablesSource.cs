using Lifeguard.ContractGen.Facts;

namespace Lifeguard.ContractGen.Sources;

/// <summary>
/// Writes the tables: error codes, facts of operations, and which handler serves which operation.
/// </summary>
public sealed class TablesSource(ContractFacts contract)
{
    /// <summary>The error codes that operations may answer with.</summary>
    public string Errors()
    {
        var errors = contract.Shapes.Values.Where(shape => shape.Kind == ShapeKind.Error).ToList();
        var faults = string.Join(" or ", errors.Where(error => error.IsFault).Select(error => error.Name));
        var source = SourceText.File();
        source.Line("/// <summary>Error codes of the contract, as they stand in <c>__type</c>.</summary>");
        source.Block("public static class Errors", () =>
        {
            foreach (var error in errors)
            {
                source.Line($"/// <summary>Status {(error.IsFault ? 500 : 400)}.</summary>");
                source.Line($"public const string {error.Name} = \"{error.Name}\";");
                source.Line();
            }
            source.Line("/// <summary>All codes, sorted.</summary>");
            source.Line("public static IReadOnlyList<string> All => field ??=");
            source.Line("[");
            source.Indented(() => errors.ForEach(error => source.Line($"{error.Name},")));
            source.Line("];");
            source.Line();
            source.Line("/// <summary>Whether the code means that the server failed (status 500).</summary>");
            source.Line($"public static bool IsFault(string code) => code is {faults};");
        });
        return source.ToString();
    }

    /// <summary>The facts of all operations.</summary>
    public string OperationFacts()
    {
        var source = SourceText.File("System.Collections.Frozen");
        source.Line("/// <summary>The facts of every operation of the contract, by name.</summary>");
        source.Block("public static class OperationFactsTable", () =>
        {
            source.Line("/// <summary>All operations.</summary>");
            source.Line("public static FrozenDictionary<string, OperationFacts> All { get; } =");
            source.Indented(() => source.Line(
                "Listed().ToFrozenDictionary(facts => facts.Name, StringComparer.Ordinal);"));
            source.Line();
            source.Line("private static OperationFacts[] Listed() =>");
            source.Line("[");
            source.Indented(() =>
            {
                foreach (var operation in contract.Operations)
                    AppendFacts(source, operation);
            });
            source.Line("];");
            source.Line();
            source.Line("// Split at run time: arrays of constants would take three times as long to start.");
            source.Line("private static OperationFacts Facts(");
            source.Indented(() =>
            {
                source.Line("string name, Authority authority, string room, string rate, bool hasOutput,");
                source.Line("string errors, ReplicaUse replicas = ReplicaUse.Never) =>");
                source.Line("new(name, authority, room, rate, errors.Split(' '), hasOutput, replicas);");
            });
        });
        return source.ToString();
    }

    /// <summary>Which handler class serves which operation.</summary>
    public string OperationTable()
    {
        var source = SourceText.File("Lifeguard.Operations", ["Lifeguard.Contract"]);
        source.Line("/// <summary>Every operation with its handler.</summary>");
        source.Block("public static partial class OperationTable", () =>
        {
            source.Line("// A switch over methods, so that only what is called loads its types.");
            source.Line("private static OperationEntry Entry(string name) => name switch");
            source.Line("{");
            source.Indented(() =>
            {
                foreach (var operation in contract.Operations)
                    source.Line($"\"{operation.Name}\" => {operation.Name}(),");
                source.Line("_ => throw new InvalidOperationException($\"Not in the contract: {name}\"),");
            });
            source.Line("};");
            foreach (var operation in contract.Operations)
                AppendEntry(source, operation);
        });
        return source.ToString();
    }

    private static void AppendFacts(SourceText source, Operation operation)
    {
        var hasOutput = operation.Output is null ? "false" : "true";
        source.Line($"Facts(\"{operation.Name}\", Authority.{operation.Authority}, \"{operation.Room}\","
            + $" \"{operation.Rate}\", {hasOutput},");
        source.Indented(() =>
        {
            var lines = operation.Errors.Chunk(3).Select(errors => string.Join(' ', errors)).ToList();
            var end = operation.Replicas == "Never" ? ")," : $", ReplicaUse.{operation.Replicas}),";
            for (var i = 0; i < lines.Count; i++)
            {
                var isLast = i == lines.Count - 1;
                source.Line($"{(i == 0 ? "" : "+ ")}\"{lines[i]}{(isLast ? $"\"{end}" : " \"")}");
            }
        });
    }

    private static void AppendEntry(SourceText source, Operation operation)
    {
        var kind = operation.Authority switch
        {
            "Administrator" => "Admin",
            "SignedInUser" => "User",
            _ => "Public",
        };
        var output = operation.Output ?? "NoContent";
        var handler = $"{operation.Room}.{operation.Name}";
        source.Line();
        source.Line($"private static OperationEntry {operation.Name}() =>");
        source.Indented(() =>
        {
            source.Line($"OperationEntry.{kind}<{operation.Input}, {output}, {handler}>(");
            source.Indented(() => source.Line($"{Facts(operation)});"));
        });
    }

    private static string Facts(Operation operation) => $"OperationFactsTable.All[\"{operation.Name}\"]";
}
