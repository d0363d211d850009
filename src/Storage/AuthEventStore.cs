using System.Data.Common;
using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Risk;

namespace Lifeguard.Storage;

/// <summary>What users did to get in, as far as it is remembered.</summary>
public sealed class AuthEventStore(Database database, UserStore users)
{
    /// <summary>So many events of a user are kept of each outcome: failures, which anybody can cause, push
    /// out nothing but older failures.</summary>
    public const int Kept = 1000;

    /// <summary>So long events are kept (doc: two years).</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(730);

    private const string Columns =
        """
        event_id, type, response, decision, level, compromised, challenges, ip_address, device_name,
        device_mark, device_key, city, country, feedback, feedback_provider, feedback_ms, created_ms
        """;

    private const string OfUser = "FROM auth_event WHERE pool_id = @pool_id AND sub = @sub";

    // Inserts nothing where there is no such user, and takes as long, so that time does not tell who exists.
    // A sign-in in several steps is one event: it takes its end from the last, and its proofs from all.
    private const string Put =
        """
        INSERT INTO auth_event (pool_id, sub, event_id, type, response, decision, level, compromised,
          challenges, ip_address, device_name, device_mark, device_key, city, country, created_ms)
        SELECT u.pool_id, u.sub, @event_id, @type, @response, @decision, @level, @compromised,
          @challenges, @ip_address, @device_name, @device_mark, @device_key, @city, @country, @created_ms
        FROM users u WHERE u.pool_id = @pool_id AND u.sub = @sub
        ON CONFLICT (pool_id, sub, event_id) DO UPDATE SET
          response = excluded.response,
          decision = CASE WHEN excluded.decision = 'NoRisk'
            THEN auth_event.decision ELSE excluded.decision END,
          level = COALESCE(excluded.level, auth_event.level),
          compromised = CASE WHEN excluded.compromised = 0
            THEN auth_event.compromised ELSE excluded.compromised END,
          challenges = CASE
            WHEN auth_event.challenges = '' THEN excluded.challenges
            WHEN excluded.challenges = '' OR LENGTH(auth_event.challenges) > 500 THEN auth_event.challenges
            ELSE auth_event.challenges || ',' || excluded.challenges END
        """;

    private const string Prune =
        $"""
        DELETE {OfUser} AND response = @response AND event_id <= (
          SELECT event_id {OfUser} AND response = @response
          ORDER BY event_id DESC LIMIT 1 OFFSET @kept)
        """;

    private const string Page =
        $"SELECT {Columns} {OfUser} AND event_id < @before ORDER BY event_id DESC LIMIT @limit";

    private const string Passed =
        $"""
        SELECT {Columns} {OfUser} AND response = 'Pass' AND type IN ('SignIn', 'SignUp')
        ORDER BY event_id DESC LIMIT @limit
        """;

    private const string Judged =
        $"SELECT {Columns} {OfUser} AND feedback IS NOT NULL ORDER BY event_id DESC LIMIT @limit";

    private const string Failures =
        $"""
        SELECT COUNT(*) {OfUser} AND response = 'Fail' AND event_id >= @from
        AND type = 'SignIn' AND decision <> 'Block'
        """;

    private const string Judge =
        """
        UPDATE auth_event
        SET feedback = @feedback, feedback_provider = @feedback_provider, feedback_ms = @feedback_ms
        WHERE pool_id = @pool_id AND sub = @sub AND event_id = @event_id
        """;

    private const string RemoveOld =
        """
        DELETE FROM auth_event WHERE (pool_id, sub, event_id) IN (
          SELECT pool_id, sub, event_id FROM auth_event WHERE created_ms <= @before
          ORDER BY created_ms LIMIT @limit)
        """;

    /// <summary>Remembers an event; a later step of the same sign-in adds to it. What concerns nobody is not
    /// remembered, and takes as long.</summary>
    public async Task Add(Transaction transaction, AuthEvent happened, CancellationToken cancellation)
    {
        var sub = happened.User?.Sub ?? "";
        // Otherwise the event could outlive the user, who is deleted meanwhile.
        await users.Hold(transaction, happened.PoolId, sub, cancellation);
        await Bind(transaction.Sql(Put), happened.PoolId, sub)
            .With("event_id", happened.Id)
            .With("type", happened.Type)
            .With("response", happened.Response)
            .With("decision", happened.Risk.Decision)
            .With("level", happened.Risk.Level)
            .With("compromised", happened.Risk.IsCompromised ? 1L : 0L)
            .With("challenges", string.Join(',', happened.Challenges.Select(Text)))
            .With("ip_address", happened.IpAddress)
            .With("device_name", happened.DeviceName)
            .With("device_mark", happened.DeviceMark)
            .With("device_key", happened.DeviceKey)
            .With("city", happened.City)
            .With("country", happened.Country)
            .With("created_ms", happened.At)
            .Execute(cancellation);
        await Bind(transaction.Sql(Prune), happened.PoolId, sub)
            .With("response", happened.Response)
            .With("kept", Kept)
            .Execute(cancellation);
    }

    /// <summary>Up to <paramref name="limit"/> events of the user, newest first.</summary>
    /// <param name="beforeId">The last id of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<PastAuthEvent>> List(
        string poolId, string sub, string? beforeId, int limit, CancellationToken cancellation) =>
        await Bind(database.Sql(Page), poolId, sub)
            .With("before", beforeId ?? KeyRange.All.To)
            .With("limit", limit)
            .All(Read, cancellation);

    /// <summary>What a sign-in of the user is compared with.</summary>
    /// <param name="failuresFromNetwork">As counted elsewhere.</param>
    public async Task<SignInHistory> HistoryOf(
        string poolId, string sub, long failuresFromNetwork, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var failures = await Bind(database.Sql(Failures), poolId, sub)
            .With("from", FirstIdAt(now - RiskThresholds.Recently))
            .Number(cancellation);
        return new(
            await Sights(Passed, poolId, sub, cancellation),
            await Sights(Judged, poolId, sub, cancellation),
            failures ?? 0,
            failuresFromNetwork);
    }

    /// <summary>Notes what somebody says about an event, in place of what was said before; false where there
    /// is none of that id.</summary>
    public async Task<bool> SetFeedback(
        Transaction transaction, string poolId, string sub, string eventId, AuthEventFeedback feedback,
        CancellationToken cancellation) => await Bind(transaction.Sql(Judge), poolId, sub)
        .With("event_id", eventId)
        .With("feedback", feedback.Value)
        .With("feedback_provider", feedback.Provider)
        .With("feedback_ms", feedback.At)
        .Execute(cancellation) == 1;

    /// <summary>Removes up to <paramref name="limit"/> events that are older than <see cref="Retention"/>;
    /// returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset now, int limit, CancellationToken cancellation) => database.Write(
        transaction => transaction.Sql(RemoveOld)
            .With("before", now - Retention)
            .With("limit", limit)
            .Execute(cancellation),
        cancellation);

    private async Task<IReadOnlyList<SignInSight>> Sights(
        string sql, string poolId, string sub, CancellationToken cancellation)
    {
        var found = await Bind(database.Sql(sql), poolId, sub)
            .With("limit", RiskThresholds.Remembered)
            .All(Read, cancellation);
        return [.. found.Select(each => each.Sight)];
    }

    /// <summary>Before every id of that instant and later (RFC 9562 §5.7), after all earlier ones.</summary>
    private static string FirstIdAt(DateTimeOffset instant)
    {
        var hex = instant.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);
        return $"{hex[..8]}-{hex[8..]}";
    }

    private static Statement Bind(Statement statement, string poolId, string sub) =>
        statement.With("pool_id", poolId).With("sub", sub);

    private static PastAuthEvent Read(DbDataReader row) => new()
    {
        Id = row.Text(0),
        Type = row.Text(1),
        Response = row.Text(2),
        Decision = row.Text(3),
        Level = row.TextOrNull(4),
        IsCompromised = row.Flag(5),
        Challenges = [.. row.Text(6).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Challenge)],
        IpAddress = row.Text(7),
        DeviceName = row.Text(8),
        DeviceMark = row.Text(9),
        DeviceKey = row.TextOrNull(10),
        City = row.TextOrNull(11),
        Country = row.TextOrNull(12),
        Feedback = row.TextOrNull(13) is { } value ? new(value, row.Text(14), row.Instant(15)) : null,
        At = row.Instant(16),
    };

    private static string Text(AuthEventChallenge challenge) => $"{challenge.Name}={challenge.Response}";

    private static AuthEventChallenge Challenge(string text) =>
        new(text[..text.IndexOf('=')], text[(text.IndexOf('=') + 1)..]);
}
