using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>Users with their aliases and search keys. Never cached: what a call reads is what is
/// committed.</summary>
public sealed class UserStore
{
    private const string BySub =
        $"SELECT {UserRows.Columns} FROM users u WHERE u.pool_id = @pool_id AND u.sub = @sub";

    private const string ByUsername =
        $"""
        SELECT {UserRows.Columns} FROM users u
        WHERE u.pool_id = @pool_id AND u.username_key = @username_key
        """;

    private const string ByAlias =
        $"""
        SELECT {UserRows.Columns}
        FROM user_alias a JOIN users u ON u.pool_id = a.pool_id AND u.sub = a.sub
        WHERE a.pool_id = @pool_id AND a.kind = @kind AND a.value = @value
        """;

    private const string Add =
        """
        INSERT INTO users (
          pool_id, sub, username, username_key, status, enabled, attributes, pending, mfa, sealed,
          signed_out_ms, created_ms, modified_ms, version)
        VALUES (
          @pool_id, @sub, @username, @username_key, @status, @enabled, @attributes, @pending, @mfa, @sealed,
          @signed_out_ms, @created_ms, @modified_ms, @version)
        ON CONFLICT (pool_id, username_key) DO NOTHING
        """;

    private const string Change =
        """
        UPDATE users SET
          status = @status, enabled = @enabled, attributes = @attributes, pending = @pending, mfa = @mfa,
          sealed = @sealed, signed_out_ms = @signed_out_ms, modified_ms = @modified_ms, version = version + 1
        WHERE pool_id = @pool_id AND sub = @sub AND version = @version
        """;

    // The row of the user itself goes last; its absence tells that somebody else was faster.
    private static readonly IReadOnlyList<string> RowsOfUser =
    [
        "user_alias", "user_search", "confirmation_code", "attempt", "sign_in_failure", "software_token",
        "outbox", "users",
    ];

    private readonly Database database;
    private readonly UserRows rows;
    private readonly UserList list;
    private readonly UserCounts counts;

    public UserStore(Database database, Sealer sealer)
    {
        this.database = database;
        rows = new UserRows(sealer);
        list = new UserList(database, rows);
        counts = new UserCounts(database);
    }

    /// <summary>The user; null where there is none.</summary>
    public Task<User?> FindBySub(string poolId, string sub, CancellationToken cancellation) =>
        database.Sql(BySub).With("pool_id", poolId).With("sub", sub).First(rows.Read, cancellation);

    /// <summary>The user; null where there is none.</summary>
    /// <param name="usernameKey">As <see cref="UserPool.Fold"/> gives it.</param>
    public Task<User?> FindByUsername(string poolId, string usernameKey, CancellationToken cancellation) =>
        database.Sql(ByUsername)
            .With("pool_id", poolId)
            .With("username_key", KeyText.ForName(usernameKey))
            .First(rows.Read, cancellation);

    /// <summary>The user who owns the alias; null where nobody does.</summary>
    /// <param name="kind"><c>email</c>, <c>phone_number</c> or <c>preferred_username</c>.</param>
    /// <param name="foldedValue">As <see cref="UserPool.FoldAlias"/> gives it.</param>
    public Task<User?> FindByAlias(
        string poolId, string kind, string foldedValue, CancellationToken cancellation) =>
        ByAliasIn(database.Sql(ByAlias), poolId, kind, foldedValue, cancellation);

    /// <summary>Adds a user with the aliases that the pool's settings give.</summary>
    /// <exception cref="UsernameTakenException">Another user has the user name.</exception>
    /// <exception cref="AliasTakenException">Another user has one of the aliases.</exception>
    public async Task Insert(
        Transaction transaction, User user, UserPool pool, CancellationToken cancellation)
    {
        var added = await rows.Bind(transaction.Sql(Add), user)
            .With("username", user.Username)
            .With("username_key", KeyText.ForName(pool.Fold(user.Username)))
            .With("created_ms", user.CreatedAt)
            .Execute(cancellation);
        if (added == 0) throw new UsernameTakenException();
        await UserIndex.Add(transaction, user, pool, cancellation);
    }

    /// <summary>Stores a changed user, whose name and sub never change; returns it with its new
    /// version.</summary>
    /// <exception cref="ConflictException">The user was changed or deleted since it was read.</exception>
    /// <exception cref="AliasTakenException">Another user has one of the aliases.</exception>
    public async Task<User> Update(
        Transaction transaction, User user, UserPool pool, CancellationToken cancellation)
    {
        if (await rows.Bind(transaction.Sql(Change), user).Execute(cancellation) == 0)
            throw new ConflictException();
        await UserIndex.Change(transaction, user, pool, cancellation);
        return user with { Version = user.Version + 1 };
    }

    /// <summary>Removes the user with codes, counters, messages and aliases; false where it was gone
    /// already.</summary>
    public async Task<bool> Delete(Transaction transaction, User user, CancellationToken cancellation)
    {
        var removed = 0;
        foreach (var table in RowsOfUser)
        {
            removed = await transaction.Sql($"DELETE FROM {table} WHERE pool_id = @pool_id AND sub = @sub")
                .With("pool_id", user.PoolId)
                .With("sub", user.Sub)
                .Execute(cancellation);
        }

        return removed == 1;
    }

    /// <summary>
    /// Takes an e-mail or phone alias from its owner, so that another user can claim it in the same
    /// transaction: the owner's value is no longer verified (doc, ForceAliasCreation). Only for pools with
    /// aliases; where e-mail and phone are the user names nothing can be taken.
    /// </summary>
    /// <param name="exceptSub">The user who is about to claim it; keeps what is already theirs.</param>
    /// <returns>The previous owner as stored now; null where nobody else had it.</returns>
    /// <exception cref="ConflictException">The owner was changed at the same moment.</exception>
    public async Task<User?> ReleaseAlias(
        Transaction transaction,
        UserPool pool,
        string kind,
        string value,
        string exceptSub,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var isContact = kind is AttributeNames.Email or AttributeNames.PhoneNumber;
        if (!isContact || !pool.HasAlias(kind)) return null;
        var folded = pool.FoldAlias(kind, value);
        var owner = await ByAliasIn(transaction.Sql(ByAlias), pool.Id, kind, folded, cancellation);
        if (owner is null || owner.Sub == exceptSub) return null;
        var unverified = owner with
        {
            Attributes = owner.Attributes.With(AttributeNames.VerifiedFlag(kind), false),
            ModifiedAt = now,
        };
        return await Update(transaction, unverified, pool, cancellation);
    }

    /// <summary>A page of users, in the order of what the filter searches by, then of sub; without a filter
    /// in the order of sub. Order is that of code points.</summary>
    /// <param name="after">From the page before, with the same filter; null for the first page.</param>
    public Task<UserPage> List(
        UserPool pool, UserFilter? filter, UserCursor? after, int limit, CancellationToken cancellation) =>
        list.Page(pool, filter, after, limit, cancellation);

    /// <summary>How many users the pool has: exact up to ten thousand, beyond that about a minute
    /// old.</summary>
    public Task<long> EstimatedCount(string poolId, CancellationToken cancellation) =>
        counts.Of(poolId, cancellation);

    private Task<User?> ByAliasIn(
        Statement statement, string poolId, string kind, string folded, CancellationToken cancellation) =>
        statement
            .With("pool_id", poolId)
            .With("kind", kind)
            .With("value", KeyText.ForName(folded))
            .First(rows.Read, cancellation);
}
