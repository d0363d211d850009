using System.Text.Json.Nodes;

namespace Lifeguard.Contract.Tests;

/// <summary>One request with one broken member, and what must be said about it.</summary>
internal sealed record BrokenRequest(string Input, string Case, string Json, string Expected);

/// <summary>A value that breaks a bound, and the entries that must be said about it.</summary>
internal sealed record BrokenValue(JsonNode Value, IEnumerable<string> Entries);

/// <summary>Every top-level bound of every request, broken by itself.</summary>
internal static class BrokenRequests
{
    public static IEnumerable<BrokenRequest> Of(string operation)
    {
        var input = (string)Facts.Operation(operation)["input"]!;
        foreach (var (name, shape, isRequired) in Facts.Members(input))
        {
            var path = char.ToLowerInvariant(name[0]) + name[1..];
            if (isRequired)
                yield return Broken(input, $"{name} missing", name, null, [ExpectedWords.Missing(path)]);
            foreach (var (value, entries) in BrokenValues(shape, path))
                yield return Broken(input, $"{name} {shape}", name, value, entries);
        }
    }

    private static BrokenRequest Broken(
        string input, string what, string member, JsonNode? value, IEnumerable<string> entries)
    {
        var json = Samples.Structure(input, all: false);
        json[member] = value;
        return new BrokenRequest(input, what, json.ToJsonString(), ExpectedWords.Message([.. entries]));
    }

    private static IEnumerable<BrokenValue> BrokenValues(string shape, string path) =>
        Facts.Kind(shape) switch
        {
            "string" => Samples.BrokenTexts(shape)
                .Select(text => new BrokenValue(text, ExpectedWords.OfText(shape, path, text))),
            "integer" or "long" => JustOutside(shape)
                .Select(number => new BrokenValue(number, ExpectedWords.OfNumber(shape, path, number))),
            "blob" => BrokenBlobs(shape, path),
            "list" => BrokenLists(shape, path),
            "map" => BrokenMaps(shape, path),
            _ => [],
        };

    private static IEnumerable<int> JustOutside(string shape) =>
        new int?[] { Facts.Min(shape) - 1, Facts.Max(shape) + 1 }.OfType<int>();

    private static IEnumerable<BrokenValue> BrokenBlobs(string shape, string path)
    {
        var size = Facts.Max(shape)!.Value + 1;
        yield return new(
            Convert.ToBase64String(new byte[size]),
            ExpectedWords.Length(shape, size).Select(words => ExpectedWords.Entry(null, path, words)));
    }

    private static IEnumerable<BrokenValue> BrokenLists(string shape, string path)
    {
        var element = (string)Facts.Shape(shape)["element"]!;
        var isText = Facts.Kind(element) == "string";
        foreach (var size in JustOutside(shape).Where(size => size >= 0))
        {
            var list = Samples.List(shape, size);
            var words = list.Select(item => isText ? (string)item! : element);
            yield return new(list, ExpectedWords.OfList(shape, path, list, $"[{string.Join(", ", words)}]"));
        }
        if (!isText)
            yield break;
        foreach (var text in Samples.BrokenTexts(element))
        {
            var list = new JsonArray(text);
            var printed = text.Length > 256 ? text[..256] : text;
            yield return new(list, ExpectedWords.OfList(shape, path, list, $"[{printed}]"));
        }
    }

    private static IEnumerable<BrokenValue> BrokenMaps(string shape, string path)
    {
        var (key, value) = ((string)Facts.Shape(shape)["key"]!, (string)Facts.Shape(shape)["value"]!);
        var conceal = Facts.IsSensitive(shape);
        if (Facts.Kind(value) != "string")
            yield break;
        foreach (var text in Samples.BrokenTexts(value))
        {
            var map = new JsonObject { [Samples.Text(key)] = text };
            var entryPath = $"{path}.{Samples.Text(key)}.member";
            yield return new(map, ExpectedWords.OfText(value, entryPath, text, conceal));
        }
        foreach (var text in Samples.BrokenTexts(key))
        {
            var map = new JsonObject { [text] = Samples.Text(value) };
            var shownKey = text.Length > 256 ? text[..256] : text;
            var printed = ExpectedWords.Quoted($"{{{shownKey}={Samples.Text(value)}}}");
            var words = $"Map keys must satisfy constraint: {ExpectedWords.All(key)}";
            yield return new(map, [ExpectedWords.Entry(conceal ? null : printed, path, words)]);
        }
    }
}
