using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifeguard.Contract.Tests;

/// <summary>Values of every shape, made from the facts.</summary>
internal static class Samples
{
    private static readonly string[] Texts =
    [
        "abcdef", "a", "42", "123456", "us-east-1_Ab1Cd2Ef3", "us-east-1_0a-1b", "import-Ab1Cd2Ef3G",
        "ana@example.com", "Your code is {####}.", "Follow {##this link##}.", "123456789012",
        "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Ab1Cd2Ef3", "arn:aws:s3:::bucket",
        "0f9d8c7b-6a54-4321-8fed-cba987654321", "cognito:default", "terms-of-use", "ABCDEFGHIJKLMNOPQRSTUVWX",
    ];

    // None of these is doubtful: Java and .NET see ASCII alike.
    private static readonly string[] Refused = [" a", "a \u0001", "\u0001\u0001", "!!", "~a", "a\u0007b"];

    /// <summary>A valid value. With all members, or only with the required ones.</summary>
    public static JsonNode Of(string shape, bool all) => Facts.Kind(shape) switch
    {
        "string" => Text(shape),
        "integer" or "long" => Facts.Max(shape) ?? Facts.Min(shape) ?? 7,
        "boolean" => true,
        "timestamp" => JsonNode.Parse("1726694203.495")!,
        "blob" => "AAECAwQFBgc=",
        "document" => new JsonObject { ["id"] = "x", ["nested"] = new JsonArray(1.5, true, null) },
        "list" => List(shape, Math.Max(1, Facts.Min(shape) ?? 1), all),
        "map" => new JsonObject
        {
            [Text((string)Facts.Shape(shape)["key"]!)] = Of((string)Facts.Shape(shape)["value"]!, all),
        },
        _ => Structure(shape, all),
    };

    public static JsonObject Structure(string shape, bool all)
    {
        var sample = new JsonObject();
        foreach (var member in Facts.Members(shape).Where(member => all || member.IsRequired))
            sample[member.Name] = Of(member.Shape, all);
        return sample;
    }

    public static JsonArray List(string shape, int count, bool all = false) =>
        [.. Enumerable.Range(0, count).Select(_ => Of((string)Facts.Shape(shape)["element"]!, all))];

    public static string Text(string shape) => Facts.Values(shape)?[0]
        ?? Texts.First(text => text.Length >= (Facts.Min(shape) ?? 0)
            && text.Length <= (Facts.Max(shape) ?? int.MaxValue)
            && Matches(shape, text));

    /// <summary>Strings of which each breaks at least one bound of the shape.</summary>
    public static IEnumerable<string> BrokenTexts(string shape)
    {
        if (Facts.Values(shape) is not null)
            yield return "NOT_A_VALUE";
        if (Facts.Max(shape) is { } max)
            yield return new string('4', max + 1);
        if (Facts.Min(shape) is { } min and > 0)
            yield return new string('4', min - 1);
        if (Refused.FirstOrDefault(text => !Matches(shape, text)) is { } refused)
            yield return refused;
    }

    public static bool Matches(string shape, string text) =>
        Facts.Pattern(shape) is not { } pattern || Regex.IsMatch(text, $@"\A(?:{pattern})\z");
}
