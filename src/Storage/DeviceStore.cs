using System.Data.Common;
using Lifeguard.Domain;
using Lifeguard.Domain.Devices;

namespace Lifeguard.Storage;

/// <summary>
/// The devices of users. A user keeps a hundred that are confirmed and a hundred that are not: every sign-in
/// of a client that never confirms makes another. Those without a sign-in for longest go first.
/// </summary>
public sealed class DeviceStore(Database database, Sealer sealer)
{
    public const int MaxOfEachKind = 100;

    internal const string Purpose = "device";
    private const string AwaitedPurpose = "device-session";

    private const string Columns =
        """
        pool_id, sub, device_key, group_key, document, last_ip, sealed, remembered, created_ms, modified_ms,
        authenticated_ms, version
        """;

    private const string OfUser = "FROM device WHERE pool_id = @pool_id AND sub = @sub";

    private const string One = $"{OfUser} AND device_key = @device_key";

    private const string Page =
        $"SELECT {Columns} {OfUser} AND device_key > @after ORDER BY device_key LIMIT @limit";

    private const string Add =
        $"""
        INSERT INTO device ({Columns})
        VALUES (
          @pool_id, @sub, @device_key, @group_key, @document, @last_ip, @sealed, @remembered, @created_ms,
          @modified_ms, @authenticated_ms, 1)
        """;

    private const string Change =
        """
        UPDATE device SET
          document = @document, sealed = @sealed, remembered = @remembered, modified_ms = @modified_ms,
          version = version + 1
        WHERE pool_id = @pool_id AND sub = @sub AND device_key = @device_key AND version = @version
        """;

    // Not a change that anybody could overwrite, so the version stays.
    private const string Note =
        """
        UPDATE device SET last_ip = @last_ip, authenticated_ms = @now
        WHERE pool_id = @pool_id AND sub = @sub AND device_key = @device_key
        """;

    private const string Wait =
        """
        UPDATE device SET awaited = @awaited
        WHERE pool_id = @pool_id AND sub = @sub AND device_key = @device_key
        """;

    private const string RemoveOldest =
        $"""
        DELETE {OfUser} AND device_key IN (
          SELECT device_key {OfUser} AND CASE WHEN sealed IS NULL THEN 0 ELSE 1 END = @confirmed
          ORDER BY authenticated_ms DESC, device_key LIMIT 1000 OFFSET @kept)
        """;

    /// <summary>The user's device; null where the user has none of that key.</summary>
    public Task<Device?> Find(
        string poolId, string sub, string key, CancellationToken cancellation) =>
        Bind(database.Sql($"SELECT {Columns} {One}"), poolId, sub)
            .With("device_key", key)
            .First(Read, cancellation);

    /// <summary>The user's devices in the order of their keys.</summary>
    /// <param name="after">The last key of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<Device>> List(
        string poolId, string sub, string? after, int limit, CancellationToken cancellation) =>
        await Bind(database.Sql(Page), poolId, sub)
            .With("after", after ?? "")
            .With("limit", limit)
            .All(Read, cancellation);

    /// <summary>Adds a device that was issued. The transaction has to hold the user
    /// (<see cref="UserStore.Hold"/>), who else could be deleted meanwhile.</summary>
    public async Task Insert(Transaction transaction, Device device, CancellationToken cancellation)
    {
        await BindState(transaction.Sql(Add), device)
            .With("group_key", device.GroupKey)
            .With("last_ip", device.LastIpAddress)
            .With("created_ms", device.CreatedAt)
            .With("authenticated_ms", device.AuthenticatedAt)
            .Execute(cancellation);
        await RemoveUnused(transaction, device, cancellation);
    }

    /// <summary>Stores a device that was confirmed, or is remembered or not.</summary>
    /// <exception cref="ConflictException">It was changed or forgotten since it was read.</exception>
    public async Task Update(Transaction transaction, Device device, CancellationToken cancellation)
    {
        var changed = await BindState(transaction.Sql(Change), device)
            .With("version", device.Version)
            .Execute(cancellation);
        if (changed == 0) throw new ConflictException();
        await RemoveUnused(transaction, device, cancellation);
    }

    /// <summary>Notes a sign-in on the device; false where it was forgotten meanwhile.</summary>
    public async Task<bool> TryUse(
        Transaction transaction, Device device, string ipAddress, DateTimeOffset now,
        CancellationToken cancellation) => await Bind(transaction.Sql(Note), device.PoolId, device.Sub)
        .With("device_key", device.Key)
        .With("last_ip", ipAddress)
        .With("now", now)
        .Execute(cancellation) == 1;

    /// <summary>Keeps the session of a sign-in that waits for the device; the one before it is
    /// forgotten.</summary>
    public Task Await(
        Transaction transaction, Device device, AwaitedSession awaited, CancellationToken cancellation) =>
        Bind(transaction.Sql(Wait), device.PoolId, device.Sub)
            .With("device_key", device.Key)
            .With("awaited", sealer.Seal(AwaitedPurpose, Owner(device), Documents.ToBytes(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("session", awaited.Session);
                writer.WriteString("source", awaited.Source);
                writer.WriteEndObject();
            })))
            .Execute(cancellation);

    /// <summary>The session that waits for the device; null for none.</summary>
    public Task<AwaitedSession?> FindAwaited(Device device, CancellationToken cancellation) =>
        Bind(
                database.Sql($"SELECT awaited {One} AND awaited IS NOT NULL"), device.PoolId, device.Sub)
            .With("device_key", device.Key)
            .First(
                row => Documents.Read(
                    sealer.MustOpen(AwaitedPurpose, Owner(device), row.Bytes(0)),
                    awaited => new AwaitedSession(awaited.Text("session"), awaited.Text("source"))),
                cancellation);

    /// <summary>Removes the device; false where it was gone already.</summary>
    public async Task<bool> Delete(
        Transaction transaction, Device device, CancellationToken cancellation) =>
        await Bind(transaction.Sql($"DELETE {One}"), device.PoolId, device.Sub)
            .With("device_key", device.Key)
            .Execute(cancellation) == 1;

    private static Task<int> RemoveUnused(
        Transaction transaction, Device like, CancellationToken cancellation) =>
        Bind(transaction.Sql(RemoveOldest), like.PoolId, like.Sub)
            .With("confirmed", like.Secret is null ? 0 : 1)
            .With("kept", MaxOfEachKind)
            .Execute(cancellation);

    private static Statement Bind(Statement statement, string poolId, string sub) =>
        statement.With("pool_id", poolId).With("sub", sub);

    private Statement BindState(Statement statement, Device device) =>
        Bind(statement, device.PoolId, device.Sub)
            .With("device_key", device.Key)
            .With("document", Documents.ToText(writer =>
            {
                writer.WriteStartObject();
                if (device.Name is { } name) writer.WriteString("name", name);
                writer.WriteEndObject();
            }))
            .With("sealed", Seal(device))
            .With("remembered", device.IsRemembered ? 1 : 0)
            .With("modified_ms", device.ModifiedAt);

    private byte[]? Seal(Device device) => device.Secret is not { } secret
        ? null
        : sealer.Seal(Purpose, Owner(device), Documents.ToBytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBase64String("salt", secret.Salt);
            writer.WriteBase64String("verifier", secret.Verifier);
            writer.WriteEndObject();
        }));

    private Device Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        Sub = row.Text(1),
        Key = row.Text(2),
        GroupKey = row.Text(3),
        Name = Documents.Read(row.Text(4), document => document.TextOrNull("name")),
        LastIpAddress = row.Text(5),
        Secret = row.BytesOrNull(6) is { } box
            ? Open(box, Owner(row.Text(0), row.Text(1), row.Text(2)))
            : null,
        IsRemembered = row.Flag(7),
        CreatedAt = row.Instant(8),
        ModifiedAt = row.Instant(9),
        AuthenticatedAt = row.Instant(10),
        Version = row.Number(11),
    };

    private DeviceSecret Open(byte[] box, string owner) => Documents.Read(
        sealer.MustOpen(Purpose, owner, box),
        secret => new DeviceSecret(
            secret.GetProperty("salt").GetBytesFromBase64(),
            secret.GetProperty("verifier").GetBytesFromBase64()));

    private static string Owner(Device device) => Owner(device.PoolId, device.Sub, device.Key);

    private static string Owner(string poolId, string sub, string key) => $"{poolId}/{sub}/{key}";
}

/// <summary>A sign-in that waits for a device.</summary>
/// <param name="Source">The address that the sign-in comes from.</param>
public sealed record AwaitedSession(string Session, string Source)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(AwaitedSession);
}
