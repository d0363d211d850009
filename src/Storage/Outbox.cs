using System.Data.Common;
using System.Text.Json;
using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>
/// Messages on their way. A message is committed with the change that caused it and delivered at least once,
/// under an id that stays the same. What it says is sealed while it waits, and erased when it has left or
/// never will.
/// </summary>
public sealed class Outbox(Database database, Sealer sealer)
{
    private const string Purpose = "message";

    private const string Columns =
        "id, pool_id, sub, medium, purpose, sealed, created_ms, attempts, expires_ms, topic, replaced_ms, "
        + "counted_ms";

    private const string Put =
        """
        INSERT INTO outbox (
          id, pool_id, sub, medium, purpose, masked_to, sealed, state, attempts, next_ms, error, created_ms,
          sent_ms, expires_ms, topic, counted_ms)
        VALUES (
          @id, @pool_id, @sub, @medium, @purpose, @masked_to, @sealed, @state, @attempts, @next_ms, @error,
          @created_ms, NULL, @expires_ms, @topic, @counted_ms)
        """;

    // Messages of one call, to several destinations, say the same: they are of one instant.
    private const string Replace =
        """
        UPDATE outbox SET replaced_ms = @created_ms
        WHERE pool_id = @pool_id AND sub = @sub AND topic = @topic AND state = 'pending'
          AND created_ms <> @created_ms AND replaced_ms IS NULL
        """;

    // The outer conditions are checked again on the row as another node may have just left it.
    private const string LeaseDue =
        $"""
        UPDATE outbox SET next_ms = @until, attempts = attempts + 1
        WHERE state = 'pending' AND next_ms <= @now AND id IN (
          SELECT id FROM outbox WHERE state = 'pending' AND medium = @medium AND next_ms <= @now
          ORDER BY next_ms, id LIMIT @limit)
        RETURNING {Columns}
        """;

    // The clock has stepped back since; whoever has leased the message goes on all the same.
    private const string TooFarAhead =
        """
        UPDATE outbox SET next_ms = @now
        WHERE state = 'pending' AND medium IN ('email', 'sms') AND next_ms > @latest
        """;

    private const string Renewed =
        "UPDATE outbox SET next_ms = @until WHERE id = @id AND state = 'pending'";

    private const string Counted =
        "UPDATE outbox SET counted_ms = @now WHERE id = @id AND counted_ms IS NULL";

    private const string IsCounted = "SELECT counted_ms FROM outbox WHERE id = @id";

    private const string Sent =
        """
        UPDATE outbox SET state = 'sent', sealed = NULL, sent_ms = @now
        WHERE id = @id AND state = 'pending'
        """;

    private const string Refused =
        """
        UPDATE outbox SET state = 'failed', sealed = NULL, error = @error
        WHERE id = @id AND state = 'pending'
        """;

    private const string Postponed =
        "UPDATE outbox SET error = @error, next_ms = @next_ms WHERE id = @id AND state = 'pending'";

    private const string Entry =
        """
        SELECT id, pool_id, sub, medium, purpose, masked_to, state, attempts, next_ms, error, created_ms,
          sent_ms
        FROM outbox
        """;

    private const string One = Entry + " WHERE id = @id";

    private const string RemoveDone =
        """
        DELETE FROM outbox WHERE id IN (
          SELECT id FROM outbox WHERE state <> 'pending' AND created_ms < @before
          ORDER BY created_ms LIMIT @limit)
        """;

    /// <summary>Puts a message in line; it leaves only if the transaction commits. The first attempt is the
    /// committing call's own. Those that still wait with its topic for its user are replaced by it. One that
    /// is unfit is only noted, as failed and never tried.</summary>
    /// <param name="takenOverAt">From here on others may deliver it: the call has died.</param>
    public async Task Add(
        Transaction transaction,
        OutgoingMessage message,
        DateTimeOffset takenOverAt,
        CancellationToken cancellation)
    {
        if (message.Topic is { } topic)
        {
            await transaction.Sql(Replace)
                .With("pool_id", message.PoolId)
                .With("sub", message.Sub)
                .With("topic", topic)
                .With("created_ms", message.CreatedAt)
                .Execute(cancellation);
        }

        await transaction.Sql(Put)
            .With("id", message.Id)
            .With("pool_id", message.PoolId)
            .With("sub", message.Sub)
            .With("medium", Word(message.Medium))
            .With("purpose", message.Purpose)
            .With("masked_to", Masked(message))
            .With("sealed", message.Unfit is null ? Seal(message) : null)
            .With("state", Word(message.Unfit is null ? OutboxState.Pending : OutboxState.Failed))
            .With("attempts", message.Unfit is null ? 1 : 0)
            .With("error", message.Unfit)
            .With("next_ms", takenOverAt)
            .With("created_ms", message.CreatedAt)
            .With("expires_ms", message.ExpiresAt)
            .With("topic", message.Topic)
            .With("counted_ms", message.IsCounted ? message.CreatedAt : (DateTimeOffset?)null)
            .Execute(cancellation);
    }

    /// <summary>
    /// Up to <paramref name="limit"/> messages of a medium that are due, the longest overdue first. Nobody
    /// else gets them for the length of <paramref name="lease"/>; if this node dies meanwhile they are due
    /// again.
    /// </summary>
    public async Task<IReadOnlyList<LeasedMessage>> TakeDue(
        DeliveryMedium medium, DateTimeOffset now, int limit, TimeSpan lease,
        CancellationToken cancellation) =>
        await database.Write(
            transaction => transaction.Sql(LeaseDue)
                .With("medium", Word(medium))
                .With("now", now)
                .With("until", now + lease)
                .With("limit", limit)
                .All(Read, cancellation),
            cancellation);

    /// <summary>Messages that would be due later than at <paramref name="latest"/>, which no pause reaches,
    /// are due now: the clock has stepped back.</summary>
    public Task BringForward(DateTimeOffset now, DateTimeOffset latest, CancellationToken cancellation) =>
        database.Write(
            transaction => transaction.Sql(TooFarAhead)
                .With("now", now)
                .With("latest", latest)
                .Execute(cancellation),
            cancellation);

    /// <summary>Keeps a message that is being sent from others until <paramref name="until"/>.</summary>
    public Task Renew(string id, DateTimeOffset until, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(Renewed)
            .With("id", id)
            .With("until", until)
            .Execute(cancellation),
        cancellation);

    /// <summary>Notes that a message is counted against the limits by <paramref name="transaction"/>; false
    /// where it was counted before.</summary>
    public async Task<bool> NoteCounted(
        Transaction transaction, string id, DateTimeOffset now, CancellationToken cancellation) =>
        await transaction.Sql(Counted).With("id", id).With("now", now).Execute(cancellation) == 1
        // One whose row was removed with its user is still on its way.
        || await transaction.Sql(IsCounted).With("id", id).Number(cancellation) is null;

    /// <summary>The transport has taken these messages; their content is erased.</summary>
    public Task MarkSent(IReadOnlyList<string> ids, DateTimeOffset now, CancellationToken cancellation) =>
        database.Write(
            async transaction =>
            {
                foreach (var id in ids)
                    await transaction.Sql(Sent).With("id", id).With("now", now).Execute(cancellation);
            },
            cancellation);

    /// <summary>The transport has not taken the message.</summary>
    /// <param name="reason">Shown to administrators; no addresses and no codes.</param>
    /// <param name="permanent">It will never be tried again; its content is erased.</param>
    /// <param name="nextAttemptAt">When it is due again, unless <paramref name="permanent"/>.</param>
    public Task MarkFailed(
        string id,
        string reason,
        bool permanent,
        DateTimeOffset nextAttemptAt,
        CancellationToken cancellation) => database.Write(
        transaction => permanent
            ? transaction.Sql(Refused).With("id", id).With("error", reason).Execute(cancellation)
            : transaction.Sql(Postponed)
                .With("id", id)
                .With("error", reason)
                .With("next_ms", nextAttemptAt)
                .Execute(cancellation),
        cancellation);

    /// <summary>The latest messages of a pool, newest first, without what they say.</summary>
    public async Task<IReadOnlyList<OutboxEntry>> List(
        string poolId, OutboxFilter filter, int limit, CancellationToken cancellation)
    {
        var (sub, state, before) = filter;
        var statement = database.Sql(
                Entry + " WHERE pool_id = @pool_id"
                + (sub is null ? "" : " AND sub = @sub")
                + (state is null ? "" : " AND state = @state")
                + (before is null ? "" : " AND id < @before")
                + " ORDER BY id DESC LIMIT @limit")
            .With("pool_id", poolId)
            .With("limit", limit);
        if (sub is not null) statement = statement.With("sub", sub);
        if (state is { } wanted) statement = statement.With("state", Word(wanted));
        if (before is not null) statement = statement.With("before", before);
        return await statement.All(ReadEntry, cancellation);
    }

    /// <summary>One message, without what it says; null for none of that id.</summary>
    public Task<OutboxEntry?> Find(string id, CancellationToken cancellation) =>
        database.Sql(One).With("id", id).First(ReadEntry, cancellation);

    /// <summary>Removes up to <paramref name="limit"/> finished messages created before
    /// <paramref name="before"/>; returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        database.Write(
            transaction => transaction.Sql(RemoveDone)
                .With("before", before)
                .With("limit", limit)
                .Execute(cancellation),
            cancellation);

    private byte[] Seal(OutgoingMessage message) => sealer.Seal(
        Purpose,
        message.Id,
        Documents.ToBytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("to", message.To);
            writer.WriteString("body", message.Body);
            if (message.Text is { } text) writer.WriteString("text", text);
            if (message.IsTextOnly) writer.WriteBoolean("textOnly", true);
            if (message.Language is { } language) writer.WriteString("language", language);
            if (message.Subject is { } subject) writer.WriteString("subject", subject);
            if (message.From is { } from) writer.WriteString("from", from);
            if (message.ReplyTo is { } replyTo) writer.WriteString("replyTo", replyTo);
            if (message.Region is { } region) writer.WriteString("region", region);
            if (message.Route is { } route) Write(writer, route);
            if (message.Sender is { } sender) Write(writer, sender);
            writer.WriteEndObject();
        }));

    private static void Write(Utf8JsonWriter writer, DeliveryRoute route)
    {
        writer.WriteStartObject("route");
        if (route.Identity is { } identity) writer.WriteString("identity", identity);
        if (route.ConfigurationSet is { } set) writer.WriteString("configurationSet", set);
        if (route.Region is { } region) writer.WriteString("region", region);
        if (route.EntityId is { } entity) writer.WriteString("entity", entity);
        if (route.TemplateId is { } template) writer.WriteString("template", template);
        if (route.IsByEndUserMessaging) writer.WriteBoolean("endUserMessaging", true);
        if (route.IsMetered) writer.WriteBoolean("metered", true);
        writer.WriteEndObject();
    }

    private static DeliveryRoute? ReadRoute(JsonElement content) =>
        content.TryGetProperty("route", out var route)
            ? new()
            {
                Identity = route.TextOrNull("identity"),
                ConfigurationSet = route.TextOrNull("configurationSet"),
                Region = route.TextOrNull("region"),
                EntityId = route.TextOrNull("entity"),
                TemplateId = route.TextOrNull("template"),
                IsByEndUserMessaging = route.TryGetProperty("endUserMessaging", out _),
                IsMetered = route.TryGetProperty("metered", out _),
            }
            : null;

    private static void Write(Utf8JsonWriter writer, SenderOrder sender)
    {
        writer.WriteStartObject("sender");
        writer.WriteString("function", sender.FunctionArn);
        writer.WriteString("key", sender.KeyArn);
        writer.WriteString("source", sender.Source);
        writer.WriteString("event", sender.Event);
        if (sender.Code is { } code) writer.WriteString("code", code);
        writer.WriteEndObject();
    }

    private static SenderOrder? ReadSender(JsonElement content) =>
        content.TryGetProperty("sender", out var sender)
            ? new(
                sender.Text("function"), sender.Text("key"), sender.Text("source"), sender.Text("event"),
                sender.TextOrNull("code"))
            : null;

    private LeasedMessage Read(DbDataReader row)
    {
        var content = sealer.MustOpen(Purpose, row.Text(0), row.Bytes(5));
        return new(
            Documents.Read(content, json => ReadMessage(row, json)),
            (int)row.Number(7),
            IsReplaced: row.InstantOrNull(10) is not null);
    }

    private static OutgoingMessage ReadMessage(DbDataReader row, JsonElement content) => new(
        Id: row.Text(0),
        PoolId: row.Text(1),
        Sub: row.Text(2),
        Medium: Medium(row.Text(3)),
        Purpose: row.Text(4),
        To: content.Text("to"),
        Subject: content.TextOrNull("subject"),
        Body: content.Text("body"),
        From: content.TextOrNull("from"),
        ReplyTo: content.TextOrNull("replyTo"),
        CreatedAt: row.Instant(6))
    {
        Text = content.TextOrNull("text"),
        IsTextOnly = content.TryGetProperty("textOnly", out _),
        Language = content.TextOrNull("language"),
        Region = content.TextOrNull("region"),
        Route = ReadRoute(content),
        Sender = ReadSender(content),
        ExpiresAt = row.InstantOrNull(8),
        Topic = row.TextOrNull(9),
        IsCounted = row.InstantOrNull(11) is not null,
    };

    private static OutboxEntry ReadEntry(DbDataReader row) => new(
        Id: row.Text(0),
        PoolId: row.Text(1),
        Sub: row.Text(2),
        Medium: Medium(row.Text(3)),
        Purpose: row.Text(4),
        Destination: row.TextOrNull(5),
        State: row.Text(6) switch
        {
            "pending" => OutboxState.Pending,
            "sent" => OutboxState.Sent,
            _ => OutboxState.Failed,
        },
        Attempts: (int)row.Number(7),
        NextAttemptAt: row.Text(6) == "pending" ? row.Instant(8) : null,
        Error: row.TextOrNull(9),
        CreatedAt: row.Instant(10),
        SentAt: row.InstantOrNull(11));

    private static string Word(OutboxState state) => state switch
    {
        OutboxState.Pending => "pending",
        OutboxState.Sent => "sent",
        _ => "failed",
    };

    private static string Masked(OutgoingMessage message) => message.Medium == DeliveryMedium.Sms
        ? CodeDestination.MaskPhoneNumber(message.To)
        : CodeDestination.MaskEmail(message.To);

    private static string Word(DeliveryMedium medium) => medium == DeliveryMedium.Email ? "email" : "sms";

    private static DeliveryMedium Medium(string word) =>
        word == "email" ? DeliveryMedium.Email : DeliveryMedium.Sms;
}
