using System.Text.Json.Nodes;
using Lifeguard.Contract.Tests;
using Xunit;

namespace Lifeguard.Wire.Tests;

/// <summary>Members of structures inside structures, as <c>Policies.PasswordPolicy.MinimumLength</c>; so that
/// tests of every member fail when the contract gets another one.</summary>
internal static class MemberPaths
{
    /// <summary>Every member that the contract has below a structure.</summary>
    public static IEnumerable<string> Of(string structure) =>
        Facts.Members(structure).SelectMany(member => Below(member.Shape, member.Name));

    /// <summary>Every member that stands in <paramref name="given"/>.</summary>
    public static IEnumerable<string> In(JsonObject given, string structure) =>
        Facts.Members(structure)
            .Where(member => given[member.Name] is not null)
            .SelectMany(member => Below(given[member.Name]!, member.Shape, member.Name));

    /// <summary>All that was given is in what is shown, which may have more.</summary>
    public static void ShouldHold(JsonNode? shown, JsonNode given, string path)
    {
        switch (given)
        {
            case JsonObject members:
                foreach (var (name, value) in members) ShouldHold(shown?[name], value!, $"{path}.{name}");
                break;
            case JsonArray elements:
                Assert.True(elements.Count == shown?.AsArray().Count, $"{path}: {shown?.ToJsonString()}");
                for (var i = 0; i < elements.Count; i++) ShouldHold(shown![i], elements[i]!, $"{path}[{i}]");
                break;
            default:
                Assert.True(
                    JsonNode.DeepEquals(given, shown),
                    $"{path}: {shown?.ToJsonString()} instead of {given.ToJsonString()}");
                break;
        }
    }

    private static IEnumerable<string> Below(string shape, string path) => Facts.Kind(shape) switch
    {
        "structure" => Of(shape).Select(member => $"{path}.{member}"),
        "list" => Below((string)Facts.Shape(shape)["element"]!, path),
        "map" => Below((string)Facts.Shape(shape)["value"]!, path),
        _ => [path],
    };

    private static IEnumerable<string> Below(JsonNode given, string shape, string path) =>
        Facts.Kind(shape) switch
        {
            "structure" => In(given.AsObject(), shape).Select(member => $"{path}.{member}"),
            "list" => given.AsArray().SelectMany(
                each => Below(each!, (string)Facts.Shape(shape)["element"]!, path)),
            "map" => given.AsObject().SelectMany(
                each => Below(each.Value!, (string)Facts.Shape(shape)["value"]!, path)),
            _ => [path],
        };
}
