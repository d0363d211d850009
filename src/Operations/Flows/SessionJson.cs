using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.SignIns;

namespace Lifeguard.Operations.Flows;

/// <summary>A sign-in's progress and its pending challenge inside sealed values. Names are short and what is
/// not there is left out: a session has room for about 1,400 bytes.</summary>
internal static class SessionJson
{
    public static void WriteProgress(Utf8JsonWriter writer, SignInProgress progress)
    {
        writer.WriteString("flow", progress.Flow);
        writer.WriteString("event", progress.EventId);
        if (progress.Methods.Count > 0)
        {
            writer.WriteStartArray("amr");
            foreach (var method in progress.Methods) writer.WriteStringValue(method);
            writer.WriteEndArray();
        }

        if (progress.AskedLevels.Count > 0)
        {
            writer.WriteStartArray("acr");
            foreach (var level in progress.AskedLevels) writer.WriteNumberValue(level);
            writer.WriteEndArray();
        }

        WriteFlag(writer, "pages", progress.IsOnPages);
        WriteFlag(writer, "first", progress.HasFirstFactor);
        WriteFlag(writer, "second", progress.HasSecondFactor);
        WriteFlag(writer, "new", progress.HasNewPassword);
        if (progress.DeviceKey is { } device) writer.WriteString("device", device);
        WriteFlag(writer, "proved", progress.HasDevice);
        WriteFlag(writer, "weighed", progress.IsWeighed);
        WriteFlag(writer, "more", progress.AsksFactor);
        if (progress.History.Count > 0) WriteHistory(writer, progress.History);
    }

    public static SignInProgress ReadProgress(JsonElement root) => new()
    {
        Flow = Text(root, "flow")!,
        EventId = Text(root, "event")!,
        Methods = root.TryGetProperty("amr", out var methods)
            ? [.. methods.EnumerateArray().Select(method => method.GetString()!)]
            : [],
        AskedLevels = root.TryGetProperty("acr", out var levels)
            ? [.. levels.EnumerateArray().Select(level => level.GetInt32())]
            : [],
        IsOnPages = Flag(root, "pages"),
        HasFirstFactor = Flag(root, "first"),
        HasSecondFactor = Flag(root, "second"),
        HasNewPassword = Flag(root, "new"),
        DeviceKey = Text(root, "device"),
        HasDevice = Flag(root, "proved"),
        IsWeighed = Flag(root, "weighed"),
        AsksFactor = Flag(root, "more"),
        History = root.TryGetProperty("past", out var past) ? [.. past.EnumerateArray().Select(Past)] : [],
    };

    public static void WritePending(Utf8JsonWriter writer, PendingChallenge pending)
    {
        writer.WriteString("challenge", pending.Name);
        if (pending.CodeHash is { } hash) writer.WriteBase64String("code", hash);
        if (pending.PasskeyChallenge is { } bytes) writer.WriteBase64String("passkey", bytes);
        if (pending.NewContact is { } contact)
        {
            writer.WriteString("attribute", contact.Attribute);
            writer.WriteString("value", contact.Value);
        }

        WriteFlag(writer, "token", pending.HasNewSoftwareToken);
        if (pending.Metadata is { } metadata) writer.WriteString("data", metadata);
        if (pending.PrivateParameters is not { } secrets) return;
        writer.WriteStartObject("private");
        foreach (var (name, value) in secrets) writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    public static PendingChallenge ReadPending(JsonElement root) => new(Text(root, "challenge")!)
    {
        CodeHash = root.TryGetProperty("code", out var code) ? code.GetBytesFromBase64() : null,
        PasskeyChallenge = root.TryGetProperty("passkey", out var bytes) ? bytes.GetBytesFromBase64() : null,
        NewContact = Text(root, "attribute") is { } attribute ? new(attribute, Text(root, "value")!) : null,
        HasNewSoftwareToken = Flag(root, "token"),
        Metadata = Text(root, "data"),
        PrivateParameters = root.TryGetProperty("private", out var secrets)
            ? secrets.EnumerateObject().ToDictionary(each => each.Name, each => each.Value.GetString()!)
            : null,
    };

    private static void WriteHistory(Utf8JsonWriter writer, IReadOnlyList<PastChallenge> history)
    {
        writer.WriteStartArray("past");
        foreach (var past in history)
        {
            writer.WriteStartObject();
            writer.WriteString("name", past.Name);
            WriteFlag(writer, "ok", past.Passed);
            if (past.Metadata is { } metadata) writer.WriteString("data", metadata);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static PastChallenge Past(JsonElement past) =>
        new(Text(past, "name")!, Flag(past, "ok"), Text(past, "data"));

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool value)
    {
        if (value) writer.WriteBoolean(name, true);
    }

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out _);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) ? member.GetString() : null;
}
