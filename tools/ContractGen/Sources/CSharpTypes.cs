using Lifeguard.ContractGen.Facts;

namespace Lifeguard.ContractGen.Sources;

/// <summary>Which C# types and which primitives of the hand-written half belong to a shape.</summary>
public sealed class CSharpTypes(ContractFacts contract)
{
    private readonly Dictionary<string, bool> hasBounds = new(StringComparer.Ordinal);

    /// <summary>The C# type of a shape, without its question mark.</summary>
    public string Of(Shape shape) => shape.Kind switch
    {
        ShapeKind.String => "string",
        ShapeKind.Integer => "int",
        ShapeKind.Long => "long",
        ShapeKind.Boolean => "bool",
        ShapeKind.Timestamp => "DateTimeOffset",
        ShapeKind.Blob => "byte[]",
        ShapeKind.Document => "JsonElement",
        ShapeKind.List => $"IReadOnlyList<{Of(Inner(shape))}>",
        ShapeKind.Map => $"IReadOnlyDictionary<string, {Of(Inner(shape))}>",
        _ => shape.Name,
    };

    /// <summary>The element of a list or the value of a map.</summary>
    public Shape Inner(Shape shape) => contract.Shapes[(shape.Element ?? shape.Value)!];

    /// <summary>Whether a shape is a reference type in C#, so that "required" can mean "not null".</summary>
    public static bool IsReference(Shape shape) => shape.Kind
        is ShapeKind.String or ShapeKind.Blob or ShapeKind.List or ShapeKind.Map or ShapeKind.Structure;

    /// <summary>The expression that reads a member's value.</summary>
    public string Reader(Shape shape) => shape.Kind switch
    {
        ShapeKind.String => "WireReader.Text(ref reader)",
        ShapeKind.Integer => "WireReader.Number(ref reader)",
        ShapeKind.Long => "WireReader.LongNumber(ref reader)",
        ShapeKind.Boolean => "WireReader.Flag(ref reader)",
        ShapeKind.Timestamp => "WireReader.Instant(ref reader)",
        ShapeKind.Blob => "WireReader.Blob(ref reader)",
        ShapeKind.Document => "WireReader.Document(ref reader)",
        ShapeKind.List when Inner(shape).Kind == ShapeKind.String => "WireReader.TextList(ref reader)",
        ShapeKind.List => $"WireReader.List<{Inner(shape).Name}>(ref reader)",
        ShapeKind.Map when Inner(shape).Kind == ShapeKind.String => "WireReader.TextMap(ref reader)",
        ShapeKind.Map => $"WireReader.Map<{Inner(shape).Name}>(ref reader)",
        _ => $"WireReader.IsPresent(ref reader) ? {shape.Name}.Read(ref reader) : null",
    };

    /// <summary>Whether a named shape has bounds of its own, and hence a line in Rules.</summary>
    public bool HasRule(Shape shape) => shape.Kind switch
    {
        ShapeKind.String => shape.Min > 0 || shape.Max is not null || shape.Pattern is not null
            || shape.IsEnum,
        ShapeKind.Integer or ShapeKind.Long => shape.Min is not null || shape.Max is not null,
        ShapeKind.Blob => shape.Min > 0 || shape.Max is not null,
        ShapeKind.List => shape.Min > 0 || shape.Max is not null || InnerHasRule(shape),
        ShapeKind.Map => shape.Min > 0 || shape.Max is not null || InnerHasRule(shape)
            || HasRule(contract.Shapes[shape.Key!]),
        _ => false,
    };

    /// <summary>Whether checking a value of the shape can find anything.</summary>
    public bool HasBounds(Shape shape)
    {
        if (!hasBounds.TryGetValue(shape.Name, out var has))
            hasBounds[shape.Name] = has = FindBounds(shape);
        return has;
    }

    private bool InnerHasRule(Shape shape) => Inner(shape).Kind == ShapeKind.String && HasRule(Inner(shape));

    private bool FindBounds(Shape shape) => HasRule(shape) || shape.Kind switch
    {
        ShapeKind.Structure => shape.Members.Any(m => m.IsRequired || HasBounds(contract.Of(m))),
        ShapeKind.List or ShapeKind.Map => HasBounds(Inner(shape)),
        _ => false,
    };
}
