using System.Numerics;
using System.Text.Json;
using Xunit;

namespace Lifeguard.Protocol.Tests.Srp;

/// <summary>
/// Known answers, computed by independent implementations and by the service's own clients.
/// </summary>
internal static class SrpVectors
{
    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "srp-vectors.json"))).RootElement;

    public static BigInteger Parameter(string name) =>
        SrpClient.Parse(Root.GetProperty("parameters").GetProperty(name).GetString()!);

    public static IEnumerable<JsonElement> List(string name) => Root.GetProperty(name).EnumerateArray();

    public static JsonElement Case(string name) =>
        List("cases").Single(c => c.GetProperty("name").GetString() == name);

    public static TheoryData<string> CaseNames() =>
        [.. List("cases").Select(c => c.GetProperty("name").GetString()!)];

    public static string Text(this JsonElement element, string name) =>
        element.GetProperty(name).GetString()!;

    public static byte[] Bytes(this JsonElement element, string name)
    {
        var hex = element.Text(name);
        return Convert.FromHexString(hex.Length % 2 == 0 ? hex : "0" + hex);
    }
}
