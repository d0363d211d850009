using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifeguard.Sdk.Tests.Golden;

/// <summary>The files with approved events, beside this one.</summary>
internal static partial class ApprovedEvent
{
    /// <summary>Members that are made anew each time.</summary>
    private static readonly HashSet<string> Fresh =
    [
        "code", "LOGIN_TIME", "FEEDBACK_TOKEN", "ONE_CLICK_LINK_VALID", "ONE_CLICK_LINK_INVALID",
        "iss", "iat", "exp", "nonce", "id_token",
    ];

    private static readonly JsonSerializerOptions Indented = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>The kinds that have a file.</summary>
    public static IEnumerable<string> Kinds() =>
        Directory.EnumerateFiles(Folder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!);

    /// <summary>Compares with the approved event. A missing or different one is written as
    /// <c>.received.txt</c>; with LIFEGUARD_APPROVE=1 it becomes the approved one.</summary>
    public static void ShouldMatch(string kind, JsonElement came)
    {
        var approved = Path.Combine(Folder(), kind + ".json");
        var received = Path.Combine(Folder(), kind + ".received.txt");
        var actual = Normalized(JsonNode.Parse(came.GetRawText()))!.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("LIFEGUARD_APPROVE") == "1")
            File.WriteAllText(approved, actual);
        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail(
            $"The event differs from the approved one; compare {received} with {approved}.\n{actual}");
    }

    /// <summary>What is different in each run: ids, the version of the SDK, what is encrypted or
    /// sealed.</summary>
    private static JsonNode? Normalized(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(
            member.Key, Fresh.Contains(member.Key) && member.Value is not null
                ? $"<{member.Key}>"
                : Normalized(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Normalized)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Normalized(text)),
        _ => node?.DeepClone(),
    };

    private static string Normalized(string text)
    {
        text = Uuid().Replace(text, "<uuid>");
        text = PoolId().Replace(text, "<pool>");
        text = ClientId().Replace(text, "<client>");
        return SdkVersion().Replace(text, "aws-sdk-js-<version>");
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("us-east-1_[0-9A-Za-z]{9}")]
    private static partial Regex PoolId();

    [GeneratedRegex("^[0-9a-z]{26}$")]
    private static partial Regex ClientId();

    [GeneratedRegex(@"aws-sdk-js-\d+\.\d+\.\d+")]
    private static partial Regex SdkVersion();
}
