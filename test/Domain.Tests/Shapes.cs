using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Contract;
using Xunit;

namespace Lifeguard.Domain.Tests;

/// <summary>Shapes of the contract as JSON, which is how tables of cases are readable.</summary>
internal static class Shapes
{
    /// <summary>JSON with single quotes, so that cases need no escapes.</summary>
    public static T Read<T>(string json)
        where T : IShape<T> => WireBody.Read<T>(Encoding.UTF8.GetBytes(json.Replace('\'', '"')));

    /// <summary>Compares whole objects, whatever the order of their members.</summary>
    public static void ShouldBe(this IShape actual, string expected)
    {
        var seen = Node(actual);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected.Replace('\'', '"')), seen),
            "It is " + seen.ToJsonString());
    }

    /// <summary>Compares one member; the text <c>absent</c> stands for a member that is left out.</summary>
    public static void ShouldHave(this IShape actual, string member, string expected)
    {
        var seen = Node(actual)[member];
        Assert.Equal(expected.Replace('\'', '"'), seen is null ? "absent" : seen.ToJsonString(Relaxed));
    }

    /// <summary>Runs what must be refused; returns the refusal as <c>Code: text</c>.</summary>
    public static string Refusal(Action action)
    {
        var refusal = Assert.Throws<ApiException>(action);
        return $"{refusal.Code}: {refusal.Text}";
    }

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static JsonNode Node(IShape shape) => JsonNode.Parse(WireBody.ToBytes(shape))!;
}
