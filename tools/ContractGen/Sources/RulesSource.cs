using Lifeguard.ContractGen.Facts;

namespace Lifeguard.ContractGen.Sources;

/// <summary>
/// Writes Rules (bounds of named shapes) and Patterns (what their values are matched with).
/// </summary>
public sealed class RulesSource(ContractFacts contract, CSharpTypes types)
{
    // Longest a match may take; the patterns are linear, so only a starved machine gets near it.
    private const int MatchMilliseconds = 1000;

    private readonly Dictionary<string, string> patternNames = NamePatterns(contract);

    /// <summary>One lazily built rule a line for every shape with bounds.</summary>
    public string Rules()
    {
        var source = SourceText.File();
        source.Line("/// <summary>The bounds of every named shape, built when first asked for.</summary>");
        source.Block("public static class Rules", () =>
        {
            var separator = false;
            foreach (var shape in contract.Shapes.Values.Where(types.HasRule))
            {
                if (separator)
                    source.Line();
                separator = true;
                source.Line($"/// <summary>Bounds of {shape.Name}.</summary>");
                source.Line($"public static {Rule(shape)});");
            }
        });
        return source.ToString();
    }

    /// <summary>The patterns, each once, matched whole.</summary>
    public string Patterns()
    {
        var source = SourceText.File("System.Text.RegularExpressions");
        source.Line("/// <summary>Patterns, each named after the first shape that has it.</summary>");
        source.Block("internal static partial class Patterns", () =>
        {
            var separator = false;
            foreach (var (pattern, name) in patternNames.OrderBy(pair => pair.Value, StringComparer.Ordinal))
            {
                if (separator)
                    source.Line();
                separator = true;
                var options = $"RegexOptions.CultureInvariant, {MatchMilliseconds}";
                source.Line($"[GeneratedRegex({Naming.Literal(pattern)}, {options})]");
                source.Line($"internal static partial Regex {name}();");
            }
        });
        return source.ToString();
    }

    private string Rule(Shape shape)
    {
        var (type, arguments) = shape.Kind switch
        {
            ShapeKind.String => ("StringRule", StringArguments(shape)),
            ShapeKind.Integer or ShapeKind.Long => ("RangeRule", Bounds(shape)),
            ShapeKind.Blob => ("BlobRule", Bounds(shape)),
            ShapeKind.List => ("ListRule", [.. Bounds(shape), .. Inner("element", shape.Element!)]),
            _ => ("MapRule", MapArguments(shape)),
        };
        return $"{type} {shape.Name} => field ??= new({string.Join(", ", arguments)}";
    }

    private List<string> StringArguments(Shape shape)
    {
        var arguments = Bounds(shape);
        if (shape.Pattern is not null)
        {
            arguments.Add($"printed: {Naming.Literal(shape.Pattern)}");
            arguments.Add($"pattern: Contract.Patterns.{patternNames[JavaPattern.Whole(shape)]}");
        }
        // Qualified, because the rule of that name hides the holder of the values.
        if (shape.IsEnum)
            arguments.Add($"values: Contract.{shape.Name}.All");
        if (shape.IsSensitive)
            arguments.Add("sensitive: true");
        return arguments;
    }

    private List<string> MapArguments(Shape shape)
    {
        List<string> arguments =
            [.. Bounds(shape), .. Inner("key", shape.Key!), .. Inner("value", shape.Value!)];
        if (shape.IsSensitive)
            arguments.Add("sensitive: true");
        return arguments;
    }

    private List<string> Inner(string argument, string name)
    {
        var inner = contract.Shapes[name];
        return inner.Kind == ShapeKind.String && types.HasRule(inner) ? [$"{argument}: {name}"] : [];
    }

    private static List<string> Bounds(Shape shape)
    {
        var bounds = new List<string>();
        if (shape.Min is { } min && (min > 0 || shape.Kind is ShapeKind.Integer or ShapeKind.Long))
            bounds.Add($"min: {min}");
        if (shape.Max is { } max)
            bounds.Add($"max: {max}");
        return bounds;
    }

    private static Dictionary<string, string> NamePatterns(ContractFacts contract)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var shape in contract.Shapes.Values.Where(shape => shape.Pattern is not null))
            names.TryAdd(JavaPattern.Whole(shape), shape.Name);
        return names;
    }
}
