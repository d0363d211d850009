using System.Data.Common;
using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>Users with their aliases and search keys. Never cached: what a call reads is what is
/// committed.</summary>
public sealed class UserStore
{
    private const string BySub =
        $"SELECT {UserRows.Columns} FROM users u WHERE u.pool_id = @pool_id AND u.sub = @sub";

    // One statement instead of four: a refresh reads nothing else.
    private const string HolderBySub =
        $"""
        SELECT {UserRows.Columns},
          (SELECT expires_ms FROM revocation WHERE pool_id = u.pool_id AND origin_jti = @origin_jti),
          (SELECT spent_ms FROM spent WHERE pool_id = u.pool_id AND id = @id),
          (SELECT sub FROM group_member WHERE pool_id = u.pool_id AND sub = u.sub LIMIT 1)
        FROM users u WHERE u.pool_id = @pool_id AND u.sub = @sub
        """;

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

    // Changes nothing, and makes everybody else who changes the row wait for the commit.
    private const string Touch =
        "UPDATE users SET version = version WHERE pool_id = @pool_id AND sub = @sub";

    private const string TouchVersion = Touch + " AND version = @version";

    // The row of the user itself goes last; its absence tells that somebody else was faster.
    private static readonly IReadOnlyList<string> RowsOfUser =
    [
        "user_alias", "user_search", "confirmation_code", "attempt", "sign_in_failure", "software_token",
        "web_authn_credential", "device", "auth_event", "user_session", "authorization_code",
        "browser_session", "outbox", "group_member", "user_identity", "users",
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

    /// <summary>The user to whom a refresh token was issued, with what has become of the token; null where
    /// the user is gone.</summary>
    /// <param name="originJti">Of the sign-in, as <see cref="RevocationStore"/> knows it.</param>
    /// <param name="tokenId">Under which the token is spent.</param>
    public Task<TokenHolder?> FindHolder(
        string poolId, string sub, string originJti, string tokenId, CancellationToken cancellation) =>
        database.Sql(HolderBySub)
            .With("pool_id", poolId)
            .With("sub", sub)
            .With("origin_jti", originJti)
            .With("id", tokenId)
            .First(ReadHolder, cancellation);

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
        database.Sql(ByAlias)
            .With("pool_id", poolId)
            .With("kind", kind)
            .With("value", KeyText.ForName(foldedValue))
            .First(rows.Read, cancellation);

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

    /// <summary>Keeps everybody else from changing or deleting the user until the transaction ends; false
    /// where there is none. For what depends on more rows than the one that is written.</summary>
    public async Task<bool> Hold(
        Transaction transaction, string poolId, string sub, CancellationToken cancellation) =>
        await transaction.Sql(Touch).With("pool_id", poolId).With("sub", sub).Execute(cancellation) == 1;

    /// <summary>For what is written beside an unchanged user: nobody changes or deletes it until the
    /// transaction ends.</summary>
    /// <exception cref="ConflictException">The user was changed or deleted since it was read.</exception>
    public async Task MustBeCurrent(Transaction transaction, User user, CancellationToken cancellation)
    {
        var held = await transaction.Sql(TouchVersion)
            .With("pool_id", user.PoolId)
            .With("sub", user.Sub)
            .With("version", user.Version)
            .Execute(cancellation);
        if (held == 0) throw new ConflictException();
    }

    /// <summary>Removes the user with codes, counters, messages, aliases and memberships; false where it was
    /// gone already.</summary>
    public async Task<bool> Delete(Transaction transaction, User user, CancellationToken cancellation)
    {
        // Otherwise a row that somebody adds to the user meanwhile would outlive them.
        if (!await Hold(transaction, user.PoolId, user.Sub, cancellation)) return false;
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
    /// Gives an e-mail or phone alias to a user who is written in the same transaction; the value of who had
    /// it is no longer verified (doc, ForceAliasCreation). Only for pools with aliases: where e-mail and
    /// phone are the user names nothing can be taken.
    /// </summary>
    /// <param name="heirSub">Who gets it; keeps what is already theirs.</param>
    /// <returns>The previous owner as stored now; null where nobody else had it.</returns>
    public async Task<User?> TakeAlias(
        Transaction transaction,
        UserPool pool,
        string kind,
        string value,
        string heirSub,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var isContact = kind is AttributeNames.Email or AttributeNames.PhoneNumber;
        if (!isContact || !pool.HasAlias(kind)) return null;
        var key = KeyText.ForName(pool.FoldAlias(kind, value));
        var ownerSub = await UserIndex.Move(transaction, pool.Id, kind, key, heirSub, cancellation);
        if (ownerSub is null || await HeldBySub(transaction, pool, ownerSub, cancellation) is not { } owner)
            return null;
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

    /// <summary>The user, whom nobody else can change until the transaction ends; null where there is
    /// none.</summary>
    private async Task<User?> HeldBySub(
        Transaction transaction, UserPool pool, string sub, CancellationToken cancellation)
    {
        await Hold(transaction, pool.Id, sub, cancellation);
        return await transaction.Sql(BySub).With("pool_id", pool.Id).With("sub", sub)
            .First(rows.Read, cancellation);
    }

    private TokenHolder ReadHolder(DbDataReader row) => new(
        rows.Read(row),
        IsRevoked: row.InstantOrNull(UserRows.ColumnCount) is not null,
        ReplacedAt: row.InstantOrNull(UserRows.ColumnCount + 1),
        HasGroups: row.TextOrNull(UserRows.ColumnCount + 2) is not null);
}

/// <summary>Who holds a refresh token, and what has become of it since it was issued.</summary>
/// <param name="IsRevoked">All tokens of the sign-in are.</param>
/// <param name="ReplacedAt">Null where no other token has replaced it.</param>
/// <param name="HasGroups">The user is in a group, or was in one that is being deleted.</param>
public sealed record TokenHolder(User User, bool IsRevoked, DateTimeOffset? ReplacedAt, bool HasGroups);
