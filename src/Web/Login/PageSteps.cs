using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Login;

/// <summary>
/// Puts what follows a form into the address of a page, so that the page is there again after a reload and on
/// the way back. It is sealed, and opens for its page in the browser alone that has sent the form: with
/// somebody else's address nobody gets further than to the sign-in.
/// </summary>
internal sealed class PageSteps(Sealer sealer)
{
    private const string Parameter = "page_step=";

    private const string Purpose = "page-step";

    /// <summary>Browsers, proxies and servers take longer ones, but not all do.</summary>
    private const int LongestAddress = 6144;

    /// <summary>The query of an authorization request, and what stands beside it in the address of a page;
    /// null for nothing.</summary>
    public static (string Query, string? Step) Apart(string text)
    {
        if (!text.Contains(Parameter, StringComparison.Ordinal)) return (text, null);
        var pairs = text.Split('&').ToLookup(
            static pair => pair.StartsWith(Parameter, StringComparison.Ordinal));
        return (string.Join('&', pairs[false]), pairs[true].FirstOrDefault()?[Parameter.Length..]);
    }

    /// <summary>The way to a page; null where its address would be too long.</summary>
    public PageAnswer? GoTo(PageVisit visit, string path, PageStep step)
    {
        if (Beside(visit, path, step) is not { } parameter) return null;
        var sign = visit.Query.Text.Length == 0 ? '?' : '&';
        return PageAnswer.SeeOther($"{visit.To(path)}{sign}{parameter}");
    }

    /// <summary>What tells a step in the address of a page, beside its query; null where that would be too
    /// long.</summary>
    public string? Beside(PageVisit visit, string path, PageStep step)
    {
        var text = Base64Url.EncodeToString(sealer.Seal(Purpose, Owner(visit, path), Write(step)));
        var length = visit.To(path).Length + 1 + Parameter.Length + text.Length;
        return length <= LongestAddress ? Parameter + text : null;
    }

    /// <summary>What the address of a page holds; null where that is nothing of this browser's.</summary>
    public PageStep? Find(PageVisit visit, string path)
    {
        if (visit.Step is not { } text || !Base64Url.IsValid(text)) return null;
        var content = sealer.Open(Purpose, Owner(visit, path), Base64Url.DecodeFromChars(text));
        return content is null ? null : Read(content);
    }

    private static string Owner(PageVisit visit, string path) =>
        $"{visit.Pool.Id}/{visit.Domain.Name}/{visit.CsrfToken}{path}";

    private static ReadOnlySpan<byte> Write(PageStep step)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("name", step.Username);
            if (step.Session is { } session) writer.WriteString("session", session);
            if (step.Sent is { } sent)
            {
                writer.WriteNumber("medium", (int)sent.Medium);
                if (sent.Destination is { } destination) writer.WriteString("destination", destination);
            }

            if (step.IsForced) writer.WriteBoolean("forced", true);
            if (step.Done is { } done) writer.WriteNumber("done", (int)done);
            if (step.IsUnconfirmable) writer.WriteBoolean("unconfirmable", true);
            if (step.Refusal is { } refusal)
            {
                writer.WriteString("refusal", refusal.Code);
                if (refusal.Text is { } words) writer.WriteString("words", words);
            }

            if (step.Met is { } met)
            {
                writer.WriteStartArray("met");
                foreach (var rule in met) writer.WriteNumberValue((int)rule);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static PageStep Read(byte[] content)
    {
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        return new()
        {
            Username = Text(root, "name") ?? "",
            Session = Text(root, "session"),
            Sent = root.TryGetProperty("medium", out var medium)
                ? new((CodeMedium)medium.GetInt32(), Text(root, "destination"))
                : null,
            IsForced = root.TryGetProperty("forced", out _),
            Done = root.TryGetProperty("done", out var done) ? (Achievement)done.GetInt32() : null,
            IsUnconfirmable = root.TryGetProperty("unconfirmable", out _),
            Refusal = Text(root, "refusal") is { } code ? new(code, Text(root, "words")) : null,
            Met = root.TryGetProperty("met", out var met)
                ? [.. met.EnumerateArray().Select(rule => (PasswordRuleKind)rule.GetInt32())]
                : null,
        };
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
