using System.Globalization;
using System.Text.Json;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lifeguard.Web.Dev;

/// <summary><c>/_lifeguard/messages</c>: what became of messages, sent or not.</summary>
public sealed class MessagesControl(Outbox outbox, PoolStore pools, ResolveUser users)
{
    /// <summary>Name of the part of the path that holds a message's id.</summary>
    public const string Id = "id";

    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    /// <summary><c>GET /_lifeguard/messages?pool=&amp;user=&amp;state=&amp;before=&amp;limit=</c>: newest
    /// first.</summary>
    public async Task List(HttpContext context)
    {
        var query = context.Request.Query;
        var cancelled = context.RequestAborted;
        var pool = await pools.Find(query["pool"].ToString(), cancelled);
        if (pool is null
            || !TryState(query["state"], out var state)
            || !TryLimit(query["limit"], out var limit))
        {
            await JsonAnswer.Refuse(
                context, 400, "pool must be the id of one, state pending, sent or failed, limit a number.");
            return;
        }

        var name = query["user"].ToString();
        var user = name.Length > 0 ? await users.Find(pool, name, cancelled) : null;
        var before = query["before"].ToString();
        var filter = new OutboxFilter(
            name.Length > 0 ? user?.Sub ?? name : null, state, before.Length > 0 ? before : null);
        var entries = await outbox.List(pool.Id, filter, limit, cancelled);
        await JsonAnswer.Send(context, 200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("messages");
            foreach (var entry in entries) Write(writer, entry);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>One of them.</summary>
    public async Task Show(HttpContext context)
    {
        var id = context.GetRouteValue(Id)?.ToString() ?? "";
        await (await outbox.Find(id, context.RequestAborted) is { } entry
            ? JsonAnswer.Send(context, 200, writer => Write(writer, entry))
            : JsonAnswer.Refuse(context, 404, "There is no such message."));
    }

    private static void Write(Utf8JsonWriter writer, OutboxEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("id", entry.Id);
        writer.WriteString("poolId", entry.PoolId);
        writer.WriteString("sub", entry.Sub);
        writer.WriteString("medium", entry.Medium.ToString().ToLowerInvariant());
        writer.WriteString("purpose", entry.Purpose);
        writer.WriteString("to", entry.Destination);
        writer.WriteString("state", entry.State.ToString().ToLowerInvariant());
        writer.WriteNumber("attempts", entry.Attempts);
        writer.WriteString("lastFailure", entry.Error);
        WriteInstant(writer, "createdAt", entry.CreatedAt);
        WriteInstant(writer, "sentAt", entry.SentAt);
        WriteInstant(writer, "nextAttemptAt", entry.NextAttemptAt);
        writer.WriteEndObject();
    }

    private static void WriteInstant(Utf8JsonWriter writer, string name, DateTimeOffset? at)
    {
        if (at is { } instant) writer.WriteNumber(name, instant.ToUnixTimeMilliseconds() / 1000m);
        else writer.WriteNull(name);
    }

    private static bool TryState(string? word, out OutboxState? state)
    {
        state = word switch
        {
            "pending" => OutboxState.Pending,
            "sent" => OutboxState.Sent,
            "failed" => OutboxState.Failed,
            _ => null,
        };
        return state is not null || string.IsNullOrEmpty(word);
    }

    private static bool TryLimit(string? text, out int limit)
    {
        limit = DefaultLimit;
        var isGood = string.IsNullOrEmpty(text)
            || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit);
        limit = Math.Clamp(limit, 1, MaxLimit);
        return isGood;
    }
}
