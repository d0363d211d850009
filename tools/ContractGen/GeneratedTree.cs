using Lifeguard.ContractGen.Facts;
using Lifeguard.ContractGen.Sources;

namespace Lifeguard.ContractGen;

/// <summary>All generated files: path to text. Nothing else may lie in the generated folder.</summary>
public sealed class GeneratedTree
{
    private const string Folder = "src/Contract/Generated";

    // Equal to MemberPath.MaxDepth in the contract project.
    private const int DeepestPath = 6;

    private readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal);

    private GeneratedTree()
    {
    }

    /// <summary>The files by path, sorted.</summary>
    public IReadOnlyDictionary<string, string> Files => files;

    /// <summary>Generates all files from the contract folder of a repository.</summary>
    public static GeneratedTree From(Repository repository)
    {
        var contract = ContractFacts.Load(repository);
        var types = new CSharpTypes(contract);
        var structures = new StructureSource(contract, types);
        var tree = new GeneratedTree();
        tree.AddOperations(contract, structures);
        tree.AddShapes(contract, structures);
        var rules = new RulesSource(contract, types);
        tree.files[$"{Folder}/Rules.g.cs"] = rules.Rules();
        tree.files[$"{Folder}/Patterns.g.cs"] = rules.Patterns();
        var tables = new TablesSource(contract);
        tree.files[$"{Folder}/Errors.g.cs"] = tables.Errors();
        tree.files[$"{Folder}/OperationFactsTable.g.cs"] = tables.OperationFacts();
        tree.files["src/Operations/OperationTable.g.cs"] = tables.OperationTable();
        return tree;
    }

    /// <summary>Writes what differs, deletes what is stray, and says what it did.</summary>
    public IReadOnlyList<string> WriteTo(Repository repository)
    {
        var differences = DifferencesFrom(repository);
        foreach (var difference in differences)
        {
            if (files.TryGetValue(difference, out var text))
                repository.Write(difference, text);
            else
                repository.Delete(difference);
        }
        return differences;
    }

    /// <summary>The paths of files that are missing, different or stray, sorted.</summary>
    public IReadOnlyList<string> DifferencesFrom(Repository repository) =>
        files.Where(file => repository.Read(file.Key) != file.Value)
            .Select(file => file.Key)
            .Concat(repository.FilesBelow(Folder).Where(path => !files.ContainsKey(path)))
            .Order(StringComparer.Ordinal)
            .ToList();

    private void AddOperations(ContractFacts contract, StructureSource structures)
    {
        var operations = new OperationSource(contract, structures);
        foreach (var operation in contract.Operations)
            files[$"{Folder}/Operations/{operation.Name}.g.cs"] = operations.File(operation);
    }

    private void AddShapes(ContractFacts contract, StructureSource structures)
    {
        var ofOperations = contract.Operations
            .SelectMany(operation => new[] { operation.Input, operation.Output })
            .ToHashSet();
        foreach (var shape in contract.Shapes.Values)
        {
            if (Depth(contract, shape) > DeepestPath)
                throw new InvalidDataException($"{shape.Name} nests deeper than MemberPath can say");
            if (shape.IsEnum)
                files[$"{Folder}/Shapes/{shape.Name}.g.cs"] = EnumSource.File(shape);
            else if (shape.Kind == ShapeKind.Structure && !ofOperations.Contains(shape.Name))
                files[$"{Folder}/Shapes/{shape.Name}.g.cs"] = SharedStructure(structures, shape);
        }
    }

    private static string SharedStructure(StructureSource structures, Shape shape)
    {
        var source = SourceText.File(structures.Usings(shape));
        structures.Append(source, shape, $"{shape.Name}.", $"IShape<{shape.Name}>");
        return source.ToString();
    }

    private static int Depth(ContractFacts contract, Shape shape) => shape.Kind switch
    {
        ShapeKind.Structure => shape.Members
            .Select(member => 1 + Depth(contract, contract.Of(member)))
            .DefaultIfEmpty()
            .Max(),
        ShapeKind.List or ShapeKind.Map => Depth(contract, contract.Shapes[(shape.Element ?? shape.Value)!]),
        _ => 0,
    };
}
