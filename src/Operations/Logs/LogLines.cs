using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain.Logs;
using WireLogLevel = Lifeguard.Contract.LogLevel;

namespace Lifeguard.Operations.Logs;

/// <summary>Events as the service writes them into logs, one JSON object in one line (doc: examples of both
/// kinds).</summary>
internal static class LogLines
{
    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A message that did not reach its user.</summary>
    public static string Notification(string poolId, string details, DateTimeOffset at) => Line(
        "USER_NOTIFICATION",
        WireLogLevel.Error,
        poolId,
        at,
        writer => writer.WriteString("details", details));

    /// <summary>An authentication event.</summary>
    public static string Activity(AuthEvent happened) => Line(
        "USER_ACTIVITY",
        WireLogLevel.Info,
        happened.PoolId,
        happened.At,
        writer => WriteActivity(writer, happened));

    private static void WriteActivity(Utf8JsonWriter writer, AuthEvent happened)
    {
        writer.WriteString("version", "1");
        writer.WriteString("eventId", happened.Id);
        writer.WriteString("eventType", happened.Type);
        writer.WriteString("userSub", happened.User?.Sub ?? "");
        writer.WriteString("userName", happened.User?.Username ?? "");
        writer.WriteString("userPoolId", happened.PoolId);
        writer.WriteString("clientId", happened.ClientId);
        writer.WriteString("creationDate", Date(happened.At));
        writer.WriteString("eventResponse", happened.Response);
        writer.WriteString("riskLevel", happened.Risk.Level?.ToUpperInvariant() ?? "");
        writer.WriteString("riskDecision", WordFor(happened.Risk.Decision));
        writer.WriteStartArray("challenges");
        foreach (var challenge in happened.Challenges)
        {
            writer.WriteStartObject();
            writer.WriteString("challengeName", challenge.Name);
            writer.WriteString("challengeResponse", challenge.Response);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("deviceName", happened.DeviceName);
        writer.WriteString("ipAddress", happened.IpAddress);
        writer.WriteString("requestId", happened.RequestId);
        writer.WriteString("idpName", happened.Provider ?? "");
        writer.WriteString("compromisedCredentialDetected", happened.Risk.IsCompromised ? "true" : "false");
        // Null where the place of the address is not known.
        writer.WriteString("city", happened.City);
        writer.WriteString("country", happened.Country);
        writer.WriteString("eventFeedbackValue", "");
        writer.WriteString("eventFeedbackDate", "");
        writer.WriteString("eventFeedbackProvider", "");
        writer.WriteString("hasContextData", happened.HasContextData ? "true" : "false");
        // A member of our own; the service leaves its readers to guess.
        if (happened.Reason is { } reason) writer.WriteString("failureReason", reason);
    }

    /// <summary>"PASS" was observed, the others are inferred from it.</summary>
    private static string WordFor(string decision) => decision switch
    {
        RiskDecisionType.Block => "BLOCK",
        RiskDecisionType.AccountTakeover => "ACCOUNT_TAKEOVER",
        _ => "PASS",
    };

    private static string Line(
        string source, string level, string poolId, DateTimeOffset at, Action<Utf8JsonWriter> message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString(
                "eventTimestamp", at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            writer.WriteString("eventSource", source);
            writer.WriteString("logLevel", level);
            writer.WriteStartObject("message");
            message(writer);
            writer.WriteEndObject();
            writer.WriteStartObject("logSourceId");
            writer.WriteString("userPoolId", poolId);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Date(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
}
