using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lifeguard.Worlds;

/// <summary>
/// Everything that happened in a world, as text: requests and answers, messages, trigger events, changed
/// rows. What is not in it did not happen.
/// </summary>
public sealed class Transcript
{
    private const int LongestValue = 100;

    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly StringBuilder text = new();
    private readonly Lock gate = new();

    /// <summary>Forgets what led up to the part a test is about.</summary>
    public void Clear()
    {
        lock (gate) text.Clear();
    }

    public void Request(string operation, JsonNode? request) => Add($"> {operation} {Short(request)}");

    public void Answered(Answer answer) =>
        Add(answer.IsSuccess ? $"< {answer.Status} {Short(answer.Body)}" : $"< {answer.Status} {answer}");

    public void Message(string kind, string? subject, string body) =>
        Add(subject is null ? $"  {kind}: {body}" : $"  {kind}: {subject} | {body}");

    public void Trigger(string arn, JsonNode input) => Add($"  trigger {arn} {Short(input)}");

    public void Event(string text) => Add(text);

    public void Row(char sign, string row) => Add($"  {sign} {row}");

    /// <summary>Compares with the approved text beside the test. A missing or different one is written as
    /// <c>.received.txt</c>; with LIFEGUARD_APPROVE=1 it becomes the approved one.</summary>
    public void ShouldMatchApproved(
        [CallerFilePath] string testFile = "", [CallerMemberName] string test = "")
    {
        var stem = Path.Combine(
            Path.GetDirectoryName(testFile)!, $"{Path.GetFileNameWithoutExtension(testFile)}.{test}");
        var (approved, received) = (stem + ".approved.txt", stem + ".received.txt");
        var actual = ToString();
        if (Environment.GetEnvironmentVariable("LIFEGUARD_APPROVE") == "1")
            File.WriteAllText(approved, actual);
        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        throw new InvalidOperationException(
            $"The transcript differs from the approved one; compare {received} with {approved}.\n{actual}");
    }

    public override string ToString()
    {
        lock (gate) return text.ToString();
    }

    private void Add(string line)
    {
        lock (gate) text.Append(line.ReplaceLineEndings("\\n")).Append('\n');
    }

    /// <summary>Compact JSON in which long values (tokens,
    /// numbers of SRP) are cut: their length is enough.</summary>
    private static string Short(JsonNode? node) => node is null ? "" : Cut(node)!.ToJsonString(Compact);

    private static JsonNode? Cut(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Cut(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Cut)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > LongestValue =>
            JsonValue.Create($"{text[..20]}… ({text.Length})"),
        _ => node?.DeepClone(),
    };
}
