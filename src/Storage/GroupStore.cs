using System.Data.Common;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Groups;

namespace Lifeguard.Storage;

/// <summary>
/// Groups and who is in them. Every listing is a range of one index that starts where the page before ended,
/// so a page costs the same in a group of any size.
/// </summary>
public sealed class GroupStore
{
    /// <summary>The groups of a user, read at each sign-in.</summary>
    internal const string PageOfUser =
        $"""
        {Memberships}
        SELECT {Columns} FROM {LiveGroups} AND g.name > @after
        ORDER BY g.name LIMIT @limit
        """;

    /// <summary>The users of a group. The page is cut before users are looked up, whatever a planner thinks
    /// of the size of either table.</summary>
    internal const string PageOfMembers =
        $"""
        SELECT {UserRows.Columns}
        FROM (
          SELECT pool_id, sub FROM group_member
          WHERE pool_id = @pool_id AND group_id = @group_id AND sub > @after
          ORDER BY sub LIMIT @limit) m
        CROSS JOIN users u
        WHERE u.pool_id = m.pool_id AND u.sub = m.sub
        ORDER BY m.sub
        """;

    // The memberships come first and each leads to its group by key, whatever a planner knows of the sizes:
    // by name it would walk all groups of the pool. So they are a step of their own, and the condition is one
    // that the index by name cannot serve.
    private const string Memberships =
        """
        WITH membership AS MATERIALIZED (
          SELECT pool_id, group_id FROM group_member WHERE pool_id = @pool_id AND sub = @sub)
        """;

    private const string LiveGroups =
        """
        membership m CROSS JOIN user_group g
        WHERE g.pool_id = m.pool_id AND g.group_id = m.group_id AND COALESCE(g.deleted_ms, 0) = 0
        """;

    private const string Columns =
        "g.pool_id, g.group_id, g.name, g.document, g.created_ms, g.modified_ms, g.version";

    private const string ByName =
        $"""
        SELECT {Columns} FROM user_group g
        WHERE g.pool_id = @pool_id AND g.name = @name AND g.deleted_ms IS NULL
        """;

    private const string Page =
        $"""
        SELECT {Columns} FROM user_group g
        WHERE g.pool_id = @pool_id AND g.name > @after AND g.deleted_ms IS NULL
        ORDER BY g.name LIMIT @limit
        """;

    private const string CountOfPool =
        "SELECT COUNT(*) FROM user_group WHERE pool_id = @pool_id AND deleted_ms IS NULL";

    private const string CountOfUser = $"{Memberships} SELECT COUNT(*) FROM {LiveGroups}";

    private const string Add =
        """
        INSERT INTO user_group (
          pool_id, group_id, name, document, created_ms, modified_ms, version, deleted_ms)
        VALUES (@pool_id, @group_id, @name, @document, @created_ms, @modified_ms, @version, NULL)
        ON CONFLICT (pool_id, name) WHERE deleted_ms IS NULL DO NOTHING
        """;

    private const string Change =
        """
        UPDATE user_group SET document = @document, modified_ms = @modified_ms, version = version + 1
        WHERE pool_id = @pool_id AND group_id = @group_id AND version = @version AND deleted_ms IS NULL
        """;

    private const string MarkDeleted =
        """
        UPDATE user_group SET deleted_ms = @now
        WHERE pool_id = @pool_id AND group_id = @group_id AND deleted_ms IS NULL
        """;

    private const string Join =
        """
        INSERT INTO group_member (pool_id, group_id, sub) VALUES (@pool_id, @group_id, @sub)
        ON CONFLICT (pool_id, group_id, sub) DO NOTHING
        """;

    private const string OneMember =
        "group_member WHERE pool_id = @pool_id AND group_id = @group_id AND sub = @sub";

    private readonly Database database;
    private readonly UserRows users;
    private readonly GroupPurge purge;

    public GroupStore(Database database, Sealer sealer)
    {
        this.database = database;
        users = new UserRows(sealer);
        purge = new GroupPurge(database);
    }

    /// <summary>The group.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException: there is no such group.</exception>
    public async Task<Group> Get(string poolId, string name, CancellationToken cancellation) =>
        await Find(poolId, name, cancellation) ?? throw GroupRules.NotFound();

    /// <summary>The group; null where there is none of that name.</summary>
    public Task<Group?> Find(string poolId, string name, CancellationToken cancellation) => database
        .Sql(ByName)
        .With("pool_id", poolId)
        .With("name", name)
        .First(Read, cancellation);

    /// <summary>Up to <paramref name="limit"/> groups of the pool in the order of their names.</summary>
    /// <param name="afterName">The last name of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<Group>> List(
        string poolId, string? afterName, int limit, CancellationToken cancellation) => await database
        .Sql(Page)
        .With("pool_id", poolId)
        .With("after", afterName ?? "")
        .With("limit", limit)
        .All(Read, cancellation);

    /// <summary>Up to <paramref name="limit"/> groups of the user in the order of their names.</summary>
    /// <param name="afterName">The last name of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<Group>> ListOfUser(
        string poolId, string sub, string? afterName, int limit, CancellationToken cancellation) =>
        await database.Sql(PageOfUser)
            .With("pool_id", poolId)
            .With("sub", sub)
            .With("after", afterName ?? "")
            .With("limit", limit)
            .All(Read, cancellation);

    /// <summary>All groups of the user.</summary>
    public Task<IReadOnlyList<Group>> OfUser(string poolId, string sub, CancellationToken cancellation) =>
        ListOfUser(poolId, sub, null, GroupRules.MaxGroupsOfUser, cancellation);

    /// <summary>Up to <paramref name="limit"/> users of the group in the order of <c>sub</c>.</summary>
    /// <param name="afterSub">The last sub of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<User>> ListMembers(
        Group group, string? afterSub, int limit, CancellationToken cancellation) => await database
        .Sql(PageOfMembers)
        .With("pool_id", group.PoolId)
        .With("group_id", group.Id)
        .With("after", afterSub ?? "")
        .With("limit", limit)
        .All(users.Read, cancellation);

    /// <summary>Is the user in the group?</summary>
    public async Task<bool> HasMember(Group group, string sub, CancellationToken cancellation) =>
        await Bind(database.Sql($"SELECT COUNT(*) FROM {OneMember}"), group)
            .With("sub", sub)
            .Number(cancellation) > 0;

    /// <summary>How many groups the pool has. The number holds until the commit where the transaction holds
    /// the pool (<see cref="PoolStore.Hold"/>), as everybody who adds a group does.</summary>
    public async Task<long> Count(Transaction transaction, string poolId, CancellationToken cancellation) =>
        await transaction.Sql(CountOfPool).With("pool_id", poolId).Number(cancellation) ?? 0;

    /// <summary>How many groups the user is in. The number holds until the commit where the transaction holds
    /// the user (<see cref="UserStore.Hold"/>), as everybody who adds a member does.</summary>
    public async Task<long> CountOf(
        Transaction transaction, string poolId, string sub, CancellationToken cancellation) =>
        await transaction.Sql(CountOfUser)
            .With("pool_id", poolId)
            .With("sub", sub)
            .Number(cancellation) ?? 0;

    /// <summary>Adds a group; false where the pool has one of its name.</summary>
    public async Task<bool> Insert(
        Transaction transaction, Group group, CancellationToken cancellation) =>
        await BindDocument(transaction.Sql(Add), group)
            .With("name", group.Name)
            .With("created_ms", group.CreatedAt)
            .Execute(cancellation) == 1;

    /// <summary>Stores a changed group, whose name never changes.</summary>
    /// <exception cref="ConflictException">It was changed or deleted since it was read.</exception>
    public async Task Update(Transaction transaction, Group group, CancellationToken cancellation)
    {
        if (await BindDocument(transaction.Sql(Change), group).Execute(cancellation) == 0)
            throw new ConflictException();
    }

    /// <summary>The group is gone at once and its name is free; <see cref="Sweep"/> removes the rows of its
    /// members later, of whom there may be millions.</summary>
    /// <exception cref="ConflictException">It is deleted already.</exception>
    public async Task Delete(
        Transaction transaction, Group group, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await Bind(transaction.Sql(MarkDeleted), group).With("now", now).Execute(cancellation) == 0)
            throw new ConflictException();
    }

    /// <summary>Puts the user into the group; nothing changes where they are in it. The transaction has to
    /// hold the user (<see cref="UserStore.Hold"/>), who else could be deleted meanwhile.</summary>
    public Task AddMember(
        Transaction transaction, Group group, string sub, CancellationToken cancellation) =>
        Bind(transaction.Sql(Join), group).With("sub", sub).Execute(cancellation);

    /// <summary>Takes the user out of the group; nothing changes where they are not in it.</summary>
    public Task RemoveMember(
        Transaction transaction, Group group, string sub, CancellationToken cancellation) =>
        Bind(transaction.Sql($"DELETE FROM {OneMember}"), group).With("sub", sub).Execute(cancellation);

    /// <summary>
    /// Removes up to <paramref name="limit"/> members of deleted groups, then as many groups that were
    /// deleted before <paramref name="deletedBefore"/> and have none left; returns the larger number.
    /// </summary>
    public Task<int> Sweep(DateTimeOffset deletedBefore, int limit, CancellationToken cancellation) =>
        purge.Some(deletedBefore, limit, cancellation);

    private static Statement Bind(Statement statement, Group group) => statement
        .With("pool_id", group.PoolId)
        .With("group_id", group.Id);

    // Not columns: a description may hold a zero character, which PostgreSQL keeps in no text.
    private static Statement BindDocument(Statement statement, Group group) => Bind(statement, group)
        .With("document", Documents.ToText(writer => WriteDocument(writer, group)))
        .With("modified_ms", group.ModifiedAt)
        .With("version", group.Version);

    private static void WriteDocument(Utf8JsonWriter writer, Group group)
    {
        writer.WriteStartObject();
        if (group.Description is { } description) writer.WriteString("description", description);
        if (group.RoleArn is { } roleArn) writer.WriteString("role", roleArn);
        if (group.Precedence is { } precedence) writer.WriteNumber("precedence", precedence);
        writer.WriteEndObject();
    }

    private static Group Read(DbDataReader row)
    {
        var group = new Group
        {
            PoolId = row.Text(0),
            Id = row.Text(1),
            Name = row.Text(2),
            CreatedAt = row.Instant(4),
            ModifiedAt = row.Instant(5),
            Version = row.Number(6),
        };
        return Documents.Read(row.Text(3), document => group with
        {
            Description = document.TextOrNull("description"),
            RoleArn = document.TextOrNull("role"),
            Precedence = document.TryGetProperty("precedence", out var number) ? number.GetInt32() : null,
        });
    }
}
