using System.Text.Json;

namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>Short ways into JSON.</summary>
internal static class Json
{
    /// <summary>A document that outlives its buffer.</summary>
    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The text at a path such as <c>UserPool.Id</c>.</summary>
    public static string Text(this JsonElement element, string path) => element.At(path).GetString()!;

    /// <summary>The element at a path.</summary>
    public static JsonElement At(this JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (inner, name) => inner.GetProperty(name));

    /// <summary>A user's attribute.</summary>
    public static string Attribute(this JsonElement user, string list, string name) => user.At(list)
        .EnumerateArray()
        .Single(attribute => attribute.Text("Name") == name)
        .Text("Value");
}
