using System.Security;
using Lifeguard.ContractGen.Facts;

namespace Lifeguard.ContractGen.Sources;

/// <summary>Writes one structure as a record that reads, writes and checks itself.</summary>
public sealed class StructureSource(ContractFacts contract, CSharpTypes types)
{
    /// <summary>The namespaces that the code of these structures needs.</summary>
    public string[] Usings(params Shape?[] shapes)
    {
        var hasEmptyMap = shapes.OfType<Shape>()
            .SelectMany(shape => shape.Members)
            .Any(member => member.IsAlwaysSent && contract.Of(member).Kind == ShapeKind.Map);
        return hasEmptyMap ? ["System.Collections.ObjectModel", "System.Text.Json"] : ["System.Text.Json"];
    }

    /// <summary>
    /// Adds the record; <paramref name="interfaces"/> says what it is in the hand-written half.
    /// </summary>
    public void Append(SourceText source, Shape shape, string title, string interfaces)
    {
        AppendSummary(source, shape, title);
        source.Block($"public sealed record {shape.Name} : {interfaces}", () =>
        {
            foreach (var member in shape.Members)
                source.Line(Property(member));
            if (shape.Members.Count > 0)
                source.Line();
            if (interfaces.StartsWith("IRequest<", StringComparison.Ordinal))
                AppendNeedsBody(source, shape);
            AppendRead(source, shape);
            source.Line();
            AppendWrite(source, shape);
            source.Line();
            AppendCheck(source, shape);
            source.Line();
            source.Line("/// <summary>Only the name: members may be secret.</summary>");
            source.Line($"public override string ToString() => nameof({shape.Name});");
        });
    }

    private void AppendSummary(SourceText source, Shape shape, string title)
    {
        source.Line("/// <summary>");
        source.Line($"/// {title}");
        if (shape.Members.Count > 0)
        {
            source.Line("/// <list type=\"bullet\">");
            foreach (var member in shape.Members)
                source.Line($"/// <item><c>{member.Name}</c>: {Described(member)}</item>");
            source.Line("/// </list>");
        }
        source.Line("/// </summary>");
    }

    private string Described(Member member)
    {
        var shape = contract.Of(member);
        var facts = new List<string> { shape.Name };
        if (member.IsRequired)
            facts.Add("required");
        if (shape.Min > 0 || shape.Max is not null)
            facts.Add($"{shape.Min ?? 0}..{shape.Max}");
        if (shape.Pattern is not null)
            facts.Add("pattern");
        if (shape.IsEnum)
            facts.Add("enum");
        if (shape.IsSensitive)
            facts.Add("sensitive");
        return SecurityElement.Escape(string.Join(", ", facts));
    }

    private string Property(Member member)
    {
        var shape = contract.Of(member);
        var type = types.Of(shape);
        var name = Naming.Property(member.Name);
        var initial = (member, shape.Kind) switch
        {
            ({ IsAlwaysSent: true }, ShapeKind.List) => " = [];",
            ({ IsAlwaysSent: true }, ShapeKind.Map) => $" = {EmptyMap(shape)};",
            ({ IsRequired: true }, _) when CSharpTypes.IsReference(shape) => " = null!;",
            _ => null,
        };
        return $"public {type}{(initial is null ? "?" : "")} {name} {{ get; init; }}{initial}";
    }

    private string EmptyMap(Shape shape) =>
        $"ReadOnlyDictionary<string, {types.Of(types.Inner(shape))}>.Empty";

    private static void AppendNeedsBody(SourceText source, Shape shape)
    {
        var needs = shape.Members.Any(member => member.IsRequired) ? "true" : "false";
        source.Line("/// <inheritdoc />");
        source.Line($"public static bool NeedsBody => {needs};");
        source.Line();
    }

    private void AppendRead(SourceText source, Shape shape)
    {
        source.Line("/// <inheritdoc />");
        source.Block($"public static {shape.Name} Read(ref Utf8JsonReader reader)", () =>
        {
            foreach (var member in shape.Members)
                source.Line($"{types.Of(contract.Of(member))}? {Naming.Local(member.Name)} = null;");
            source.Line("WireReader.EnterStructure(ref reader);");
            AppendReadMembers(source, shape);
            if (shape.Members.Count == 0)
                source.Line("return new();");
            else
                source.Block("return new()", () => AppendInitialisers(source, shape), "};");
        });
    }

    private void AppendReadMembers(SourceText source, Shape shape)
    {
        if (shape.Members.Count == 0)
        {
            source.Line("while (WireReader.NextMember(ref reader))");
            source.Indented(() => source.Line("reader.Skip();"));
            return;
        }
        source.Block("while (WireReader.NextMember(ref reader))", () =>
        {
            var start = "if";
            foreach (var member in shape.Members)
            {
                source.Line($"{start} (reader.ValueTextEquals(\"{member.Name}\"u8))");
                var assignment = $"{Naming.Local(member.Name)} = {types.Reader(contract.Of(member))};";
                source.Indented(() => source.Line(assignment));
                start = "else if";
            }
            source.Line("else");
            source.Indented(() => source.Line("reader.Skip();"));
        });
    }

    private void AppendInitialisers(SourceText source, Shape shape)
    {
        foreach (var member in shape.Members)
        {
            var kind = contract.Of(member);
            var fallback = (member, kind.Kind) switch
            {
                ({ IsAlwaysSent: true }, ShapeKind.List) => " ?? []",
                ({ IsAlwaysSent: true }, ShapeKind.Map) => $" ?? {EmptyMap(kind)}",
                ({ IsRequired: true }, _) when CSharpTypes.IsReference(kind) => "!",
                _ => "",
            };
            source.Line($"{Naming.Property(member.Name)} = {Naming.Local(member.Name)}{fallback},");
        }
    }

    private static void AppendWrite(SourceText source, Shape shape)
    {
        source.Line("/// <inheritdoc />");
        source.Block("public void Write(Utf8JsonWriter writer)", () =>
        {
            source.Line("writer.WriteStartObject();");
            foreach (var member in shape.Members)
                source.Line($"writer.Member(\"{member.Name}\"u8, {Naming.Property(member.Name)});");
            source.Line("writer.WriteEndObject();");
        });
    }

    private void AppendCheck(SourceText source, Shape shape)
    {
        source.Line("/// <inheritdoc />");
        source.Block("public void Check(Violations violations, MemberPath path)", () =>
        {
            foreach (var member in shape.Members)
                AppendMemberCheck(source, shape, member);
        });
    }

    private void AppendMemberCheck(SourceText source, Shape owner, Member member)
    {
        var shape = contract.Of(member);
        var property = Naming.Property(member.Name);
        var place = $"path, \"{Naming.Printed(member.Name)}\"";
        if (types.HasRule(shape))
        {
            var required = member.IsRequired ? ", required: true" : "";
            var conceal = shape.Kind == ShapeKind.String && owner.IsSensitive ? ", conceal: true" : "";
            source.Line($"violations.Check({property}, {place}, Rules.{shape.Name}{required}{conceal});");
        }
        else if (member.IsRequired)
        {
            source.Line($"violations.Required({property}, {place});");
        }

        if (shape.Kind == ShapeKind.Structure && types.HasBounds(shape))
            source.Line($"{property}?.Check(violations, path.Member(\"{Naming.Printed(member.Name)}\"));");
        else if (HoldsStructuresWithBounds(shape))
            source.Line($"violations.{Inside(shape)}({property}, {place});");
    }

    private static string Inside(Shape shape) => shape.Kind == ShapeKind.List ? "Elements" : "Entries";

    private bool HoldsStructuresWithBounds(Shape shape) =>
        shape.Kind is ShapeKind.List or ShapeKind.Map
        && types.Inner(shape).Kind == ShapeKind.Structure
        && types.HasBounds(types.Inner(shape));
}
