using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lifeguard.ContractGen.Facts;

/// <summary>
/// Distils the project's facts file from the model of the service: sorted, one fact a line.
/// </summary>
public static class FactsImport
{
    private const string About =
        "Facts of the wire contract, distilled from the model of the service. Not edited by hand: what "
        + "practice teaches stands in observed.json. A member is its shape and, after it, what is special "
        + "about it. Members and enum values keep the order of the model, everything else is sorted.";

    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The facts file for a model.</summary>
    public static string Distil(string modelJson)
    {
        using var model = JsonDocument.Parse(modelJson);
        var service = model.RootElement.GetProperty("service");
        var text = new StringBuilder("{\n");
        text.Append($"  \"about\": {Quote(About)},\n");
        text.Append($"  \"service\": {{ \"target\": {Copy(service, "targetPrefix")}, ");
        text.Append($"\"apiVersion\": {Copy(service, "apiVersion")}, ");
        text.Append($"\"model\": {Copy(service, "model")} }},\n");
        AppendSorted(text, "operations", model.RootElement, Operation);
        text.Append(",\n");
        AppendSorted(text, "shapes", model.RootElement, Shape);
        return text.Append("\n}\n").ToString();
    }

    private static void AppendSorted(
        StringBuilder text, string name, JsonElement model, Func<JsonElement, string> fact)
    {
        var lines = model.GetProperty(name).EnumerateObject()
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"    {Quote(property.Name)}: {fact(property.Value)}");
        text.Append($"  \"{name}\": {{\n").AppendJoin(",\n", lines).Append("\n  }");
    }

    private static string Operation(JsonElement operation)
    {
        var signed = Text(operation, "auth") == "sigv4" ? "true" : "false";
        var facts = new List<string> { $"\"signed\": {signed}" };
        facts.AddRange(Copied(operation, "input", "output"));
        var errors = operation.GetProperty("errors").EnumerateArray()
            .Select(error => error.GetString()!)
            .Order(StringComparer.Ordinal);
        facts.Add($"\"errors\": {Quoted(errors)}");
        return Braced(facts);
    }

    private static string Shape(JsonElement shape)
    {
        var facts = new List<string> { $"\"kind\": {Quote(Kind(shape))}" };
        facts.AddRange(Copied(shape, "fault", "sensitive", "min", "max", "pattern", "enum", "key", "value"));
        if (shape.TryGetProperty("member", out var element))
            facts.Add($"\"element\": {element.GetRawText()}");
        if (shape.TryGetProperty("members", out var members) && members.EnumerateObject().Any())
            facts.Add(Members(shape, members));
        return Braced(facts);
    }

    private static string Kind(JsonElement shape) =>
        Has(shape, "exception") ? "error" : Has(shape, "document") ? "document" : Text(shape, "type");

    private static string Members(JsonElement shape, JsonElement members)
    {
        var lines = members.EnumerateObject()
            .Select(member => $"      {Quote(member.Name)}: {Quote(Member(shape, member))}");
        return $"\"members\": {{\n{string.Join(",\n", lines)}\n    }}";
    }

    private static string Member(JsonElement shape, JsonProperty member)
    {
        var isPlain = member.Value.ValueKind == JsonValueKind.String;
        var words = isPlain ? member.Value.GetString()! : Text(member.Value, "shape");
        if (Lists(shape, "required", member.Name))
            words += " required";
        if (Lists(shape, "newMembers", member.Name))
            words += " new";
        return !isPlain && Has(member.Value, "deprecated") ? words + " deprecated" : words;
    }

    private static IEnumerable<string> Copied(JsonElement from, params string[] names) =>
        names.Where(name => from.TryGetProperty(name, out _))
            .Select(name => $"\"{name}\": {Copy(from, name)}");

    private static string Copy(JsonElement from, string name)
    {
        var value = from.GetProperty(name);
        return value.ValueKind switch
        {
            JsonValueKind.String => Quote(value.GetString()!),
            JsonValueKind.Array => Quoted(value.EnumerateArray().Select(text => text.GetString()!)),
            _ => value.GetRawText(),
        };
    }

    private static bool Lists(JsonElement shape, string list, string name) =>
        shape.TryGetProperty(list, out var names) && names.EnumerateArray().Any(n => n.ValueEquals(name));

    private static bool Has(JsonElement element, string flag) => element.TryGetProperty(flag, out _);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Braced(IEnumerable<string> facts) => $"{{ {string.Join(", ", facts)} }}";

    private static string Quoted(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quote))}]";

    private static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);
}
