using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Dev;

/// <summary>
/// <c>/_lifeguard/clock</c>: reads, sets (<c>{"now": 1767225600}</c>, <c>{"now":
/// "2026-01-01T00:00:00Z"}</c>), moves (<c>{"advance": 3600}</c>, <c>{"advance": "PT1H"}</c>) and with
/// <c>{}</c> resets the time.
/// </summary>
public sealed class ClockControl(DevClock clock)
{
    private const string Understood =
        """{"now": Unix seconds or ISO 8601 instant}, {"advance": seconds or ISO 8601 duration}, or {}.""";

    public Task Read(HttpContext context)
    {
        var now = clock.GetUtcNow();
        return JsonAnswer.Send(context, 200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("now", now.ToUnixTimeMilliseconds() / 1000m);
            writer.WriteString("iso", now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteNumber("aheadSeconds", Math.Round((decimal)clock.Offset.TotalSeconds, 3));
            writer.WriteEndObject();
        });
    }

    public async Task Change(HttpContext context)
    {
        var isUnderstood = await ControlBody.Read(context) is { } body && TryApply(body);
        await (isUnderstood ? Read(context) : ControlBody.Refuse(context, Understood));
    }

    private bool TryApply(JsonElement body)
    {
        var members = body.EnumerateObject().Count();
        if (members > 1) return false;
        if (body.TryGetProperty("now", out var now))
            return InstantOf(now) is { } instant && clock.TrySet(instant);
        if (body.TryGetProperty("advance", out var advance))
            return SpanOf(advance) is { } span && clock.TryAdvance(span);
        if (members > 0) return false;
        clock.Reset();
        return true;
    }

    private static DateTimeOffset? InstantOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return SecondsOf(value) is { } span ? DateTimeOffset.UnixEpoch + span : null;
        return value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(
            value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? instant
                : null;
    }

    private static TimeSpan? SpanOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => SecondsOf(value),
        JsonValueKind.String => IsoDuration.Parse(value.GetString()!),
        _ => null,
    };

    private static TimeSpan? SecondsOf(JsonElement value) =>
        value.TryGetDecimal(out var seconds) && Math.Abs(seconds) < IsoDuration.MaxSeconds
            ? TimeSpan.FromMilliseconds((long)(seconds * 1000))
            : null;
}
