using System.Text.Json.Nodes;
using Lifeguard.ContractGen;

namespace Lifeguard.Contract.Tests;

/// <summary>
/// The contract folder read by the tests themselves, so that they do not repeat the generator's mistakes.
/// </summary>
internal static class Facts
{
    public static readonly Repository Repository = Repository.Find(AppContext.BaseDirectory)!;

    private static readonly JsonNode Model = JsonNode.Parse(Repository.Require("contract/cognito-idp.json"))!;
    private static readonly JsonNode Observed = JsonNode.Parse(Repository.Require("contract/observed.json"))!;

    public static IEnumerable<string> Operations =>
        Model["operations"]!.AsObject().Select(entry => entry.Key);

    public static IEnumerable<string> Structures => Model["shapes"]!.AsObject()
        .Where(entry => (string?)entry.Value!["kind"] == "structure")
        .Select(entry => entry.Key);

    public static IEnumerable<string> Strings => Model["shapes"]!.AsObject()
        .Where(entry => (string?)entry.Value!["kind"] == "string")
        .Select(entry => entry.Key);

    public static IEnumerable<string> Errors => Model["shapes"]!.AsObject()
        .Where(entry => (string?)entry.Value!["kind"] == "error")
        .Select(entry => entry.Key);

    /// <summary>Errors that the overlay adds to an operation's list.</summary>
    public static IEnumerable<string> ErrorsAddedTo(string operation) =>
        Observed["errors"]![operation]?["adds"]!.AsArray().Select(error => (string)error!) ?? [];

    public static JsonNode Operation(string name) => Model["operations"]![name]!;

    public static JsonNode Shape(string name) => Model["shapes"]![name]!;

    public static string Kind(string shape) => (string)Shape(shape)["kind"]!;

    public static int? Min(string shape) => (int?)Shape(shape)["min"];

    public static int? Max(string shape) => (int?)Shape(shape)["max"];

    public static bool IsSensitive(string shape) => Shape(shape)["sensitive"] is not null;

    public static string[]? Values(string shape) => Shape(shape)["enum"]?.AsArray()
        .Concat(Observed["values"]![shape]?["adds"]!.AsArray() ?? [])
        .Select(v => (string)v!)
        .ToArray();

    public static string? Pattern(string shape) =>
        (string?)Observed["patterns"]![shape]?["printed"] ?? (string?)Shape(shape)["pattern"];

    public static IEnumerable<(string Name, string Shape, bool IsRequired)> Members(string structure) =>
        Shape(structure)["members"]?.AsObject().Select(member =>
        {
            var words = ((string)member.Value!).Split(' ');
            var added = Observed["required"]![structure]?["members"]!.AsArray()
                .Any(name => (string)name! == member.Key);
            var type = (string?)Observed["types"]![structure]?["members"]![member.Key];
            return (member.Key, type ?? words[0], words.Contains("required") || added == true);
        }) ?? [];
}
