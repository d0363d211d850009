using Lifeguard.ContractGen.Facts;

namespace Lifeguard.ContractGen.Sources;

/// <summary>Writes the holder of an enum's values.</summary>
public static class EnumSource
{
    /// <summary>The file of one enum.</summary>
    public static string File(Shape shape)
    {
        var names = shape.Values!.ToDictionary(value => value, Naming.Constant, StringComparer.Ordinal);
        if (names.Values.Distinct(StringComparer.Ordinal).Count() < names.Count || names.ContainsValue("All"))
            throw new InvalidDataException($"Two values of {shape.Name} would have the same name");

        var source = SourceText.File();
        source.Line($"/// <summary>The values of {shape.Name}.</summary>");
        source.Block($"public static class {shape.Name}", () =>
        {
            foreach (var (value, name) in names)
            {
                source.Line($"/// <summary><c>{value}</c></summary>");
                source.Line($"public const string {name} = \"{value}\";");
                source.Line();
            }
            source.Line("/// <summary>All values in the model's order, as violations print them.</summary>");
            source.Line("public static readonly IReadOnlyList<string> All =");
            source.Line("[");
            source.Indented(() =>
            {
                foreach (var name in names.Values)
                    source.Line($"{name},");
            });
            source.Line("];");
        });
        return source.ToString();
    }
}
