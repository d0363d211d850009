using System.Globalization;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Flows;
using Lifeguard.Web.Inbox;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lifeguard.Web.Dev;

/// <summary><c>/_lifeguard/inbox</c>: what was sent, as JSON for tests.</summary>
public sealed class InboxControl(IInbox inbox, MessageDelivery delivery)
{
    /// <summary>The number of a message in its path.</summary>
    public const string Sequence = "sequence";

    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;
    private const int MaxWaitSeconds = 60;
    private const int DefaultWaitSeconds = 30;

    /// <summary><c>GET /_lifeguard/inbox?to=&amp;after=&amp;limit=</c>: messages after a sequence, newest
    /// last.</summary>
    public async Task List(HttpContext context)
    {
        var query = context.Request.Query;
        if (!TryNumber(query["after"], 0, out var after)
            || !TryNumber(query["limit"], DefaultLimit, out var limit))
        {
            await JsonAnswer.Refuse(context, 400, "after and limit must be numbers.");
            return;
        }

        await Arrived(context);

        var to = query["to"].ToString();
        var found = inbox.Newest(int.MaxValue, long.MaxValue)
            .Where(entry => entry.Sequence > after && (to.Length == 0 || IsTo(entry, to)))
            .Take((int)Math.Min(limit, MaxLimit))
            .Reverse()
            .ToArray();
        await JsonAnswer.Send(context, 200, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("messages");
            foreach (var entry in found) Write(writer, entry);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary><c>GET /_lifeguard/inbox/wait?to=&amp;after=&amp;timeout=</c>: the next message to an
    /// address, as soon as it is there; status 404 when <c>timeout</c> seconds, 60 at most, pass
    /// without.</summary>
    public async Task Wait(HttpContext context)
    {
        var query = context.Request.Query;
        var to = query["to"].ToString();
        if (to.Length == 0 || !TryNumber(query["after"], 0, out var after)
            || !TryNumber(query["timeout"], DefaultWaitSeconds, out var seconds))
        {
            await JsonAnswer.Refuse(context, 400, "to is needed; after and timeout must be numbers.");
            return;
        }

        var timeout = TimeSpan.FromSeconds(Math.Min(seconds, MaxWaitSeconds));
        var found = await inbox.WaitFor(to, after, timeout, context.RequestAborted);
        await (found is null
            ? JsonAnswer.Refuse(context, 404, "No such message came in time.")
            : JsonAnswer.Send(context, 200, writer => Write(writer, found)));
    }

    /// <summary><c>GET /_lifeguard/inbox/{sequence}/raw</c>: the e-mail as a mail server gets it, with its
    /// headers and parts.</summary>
    public Task Raw(HttpContext context)
    {
        if (!TryNumber(context.GetRouteValue(Sequence) as string, 0, out var sequence)) sequence = 0;
        try
        {
            if (inbox.Raw(sequence) is not { } raw)
                return JsonAnswer.Refuse(context, 404, "There is no such e-mail.");
            var headers = context.Response.Headers;
            headers.ContentDisposition = $"attachment; filename=\"message-{sequence}.eml\"";
            headers.XContentTypeOptions = "nosniff";
            return JsonAnswer.Send(context, 200, "message/rfc822", raw);
        }
        catch (DeliveryException refused)
        {
            return JsonAnswer.Refuse(context, 404, refused.Message);
        }
    }

    /// <summary><c>DELETE /_lifeguard/inbox</c></summary>
    public async Task Clear(HttpContext context)
    {
        await Arrived(context);
        inbox.Clear();
        await ControlBody.Done(context);
    }

    /// <summary>Some messages leave a moment after the answer to their call; who looks here next finds them
    /// all the same.</summary>
    private Task Arrived(HttpContext context) => delivery.Answered().WaitAsync(context.RequestAborted);

    private static void Write(Utf8JsonWriter writer, InboxEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteNumber("sequence", entry.Sequence);
        writer.WriteNumber("at", entry.At.ToUnixTimeMilliseconds() / 1000m);
        writer.WriteString("userPoolId", entry.PoolId);
        writer.WriteString("medium", entry.Medium == DeliveryMedium.Email ? "EMAIL" : "SMS");
        if (entry.From is not null) writer.WriteString("from", entry.From);
        if (entry.ReplyTo is not null) writer.WriteString("replyTo", entry.ReplyTo);
        writer.WriteString("to", entry.To);
        if (entry.Subject is not null) writer.WriteString("subject", entry.Subject);
        if (entry.Text is not null) writer.WriteString("text", entry.Text);
        writer.WriteString("body", entry.Body);
        writer.WriteEndObject();
    }

    private static bool IsTo(InboxEntry entry, string to) =>
        entry.To.Equals(to, StringComparison.OrdinalIgnoreCase);

    private static bool TryNumber(string? text, long absent, out long number)
    {
        number = absent;
        return string.IsNullOrEmpty(text)
            || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
