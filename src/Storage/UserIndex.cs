using System.Data.Common;
using System.Globalization;
using System.Text;
using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>
/// Keeps <c>user_alias</c> and <c>user_search</c> in step with a user. That an alias has one owner is decided
/// by the key of <c>user_alias</c> when the row is inserted, never by looking first. Where preferred names
/// are aliases, user names stand beside them, so that nobody prefers what somebody is called.
/// </summary>
internal static class UserIndex
{
    /// <summary>Attributes that ListUsers searches through <c>user_search</c>.</summary>
    public static readonly IReadOnlyList<string> Searchable =
    [
        AttributeNames.Email, AttributeNames.PhoneNumber, "name", "given_name", "family_name",
        AttributeNames.PreferredUsername,
    ];

    private const string AliasTable = "alias";

    /// <summary>All keys of one user.</summary>
    internal const string Stored =
        """
        SELECT 'alias', kind, value FROM user_alias WHERE pool_id = @pool_id AND sub = @sub
        UNION ALL
        SELECT 'search', attribute, value FROM user_search WHERE pool_id = @pool_id AND sub = @sub
        """;

    private const string Claim =
        """
        INSERT INTO user_alias (pool_id, kind, value, sub) VALUES (@pool_id, @kind, @value, @sub)
        ON CONFLICT (pool_id, kind, value) DO NOTHING
        """;

    private const string Owned =
        """
        SELECT sub FROM user_alias WHERE pool_id = @pool_id AND kind = @kind AND value = @value AND sub = @sub
        """;

    // Writing the row, if only what it holds, waits for whoever is moving it and lets others wait.
    private const string Hold =
        """
        UPDATE user_alias SET sub = sub WHERE pool_id = @pool_id AND kind = @kind AND value = @value
        RETURNING sub
        """;

    private const string Transfer =
        """
        UPDATE user_alias SET sub = @sub WHERE pool_id = @pool_id AND kind = @kind AND value = @value
        """;

    private const int MostLooks = 10;

    private const string Release =
        """
        DELETE FROM user_alias
        WHERE pool_id = @pool_id AND kind = @kind AND value = @value AND sub = @sub
        """;

    private const string Forget =
        """
        DELETE FROM user_search
        WHERE pool_id = @pool_id AND attribute = @attribute AND value = @value AND sub = @sub
        """;

    // One statement for all rows: each statement is a round trip on PostgreSQL.
    private static readonly IReadOnlyList<string> Remember =
        [.. Enumerable.Range(0, Searchable.Count + 1).Select(RememberSql)];

    /// <summary>Adds the rows of a new user.</summary>
    public static async Task Add(
        Transaction transaction, User user, UserPool pool, CancellationToken cancellation)
    {
        foreach (var name in OwnName(user, pool))
            if (!await TryClaim(transaction, user, name, cancellation)) throw new UsernameTakenException();
        await Store(transaction, user, Aliases(user, pool), Searches(user), cancellation);
    }

    /// <summary>Gives an alias to a user, whoever has it. Many who do so at once come one after the other, on
    /// whatever nodes; none is turned away.</summary>
    /// <returns>The <c>sub</c> of who had it; null where nobody else did.</returns>
    public static async Task<string?> Move(
        Transaction transaction,
        string poolId,
        string kind,
        string key,
        string heirSub,
        CancellationToken cancellation)
    {
        for (var look = 0; look < MostLooks; look++)
        {
            if (await Alias(Claim).With("sub", heirSub).Execute(cancellation) == 1) return null;
            // It may have been given up since.
            if (await Alias(Hold).First(row => row.Text(0), cancellation) is not { } owner) continue;
            if (owner == heirSub) return null;
            await Alias(Transfer).With("sub", heirSub).Execute(cancellation);
            return owner;
        }

        throw new ConflictException();

        Statement Alias(string sql) =>
            transaction.Sql(sql).With("pool_id", poolId).With("kind", kind).With("value", key);
    }

    /// <summary>Brings the rows of a changed user up to date.</summary>
    public static async Task Change(
        Transaction transaction, User user, UserPool pool, CancellationToken cancellation)
    {
        var stored = await transaction.Sql(Stored)
            .With("pool_id", user.PoolId)
            .With("sub", user.Sub)
            .All(row => (IsAlias: row.Text(0) == AliasTable, Entry: Read(row)), cancellation);
        var oldAliases = stored.Where(each => each.IsAlias).Select(each => each.Entry).ToList();
        var oldSearches = stored.Where(each => !each.IsAlias).Select(each => each.Entry).ToList();
        var aliases = Aliases(user, pool);
        var searches = Searches(user);

        foreach (var gone in oldAliases.Except(aliases).Except(OwnName(user, pool)))
            await Bind(transaction.Sql(Release), user, "kind", gone).Execute(cancellation);
        foreach (var gone in oldSearches.Except(searches))
            await Bind(transaction.Sql(Forget), user, "attribute", gone).Execute(cancellation);
        List<Entry> newAliases = [.. aliases.Except(oldAliases)];
        List<Entry> newSearches = [.. searches.Except(oldSearches)];
        await Store(transaction, user, newAliases, newSearches, cancellation);
    }

    private static async Task Store(
        Transaction transaction,
        User user,
        List<Entry> aliases,
        List<Entry> searches,
        CancellationToken cancellation)
    {
        foreach (var alias in aliases)
        {
            if (!await TryClaim(transaction, user, alias, cancellation))
                throw new AliasTakenException(alias.Name);
        }

        if (searches.Count == 0) return;
        var statement = transaction.Sql(Remember[searches.Count])
            .With("pool_id", user.PoolId)
            .With("sub", user.Sub);
        for (var i = 0; i < searches.Count; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            statement.With("attribute" + number, searches[i].Name).With("value" + number, searches[i].Value);
        }

        await statement.Execute(cancellation);
    }

    /// <summary>True where the alias is the user's now, or was already.</summary>
    private static async Task<bool> TryClaim(
        Transaction transaction, User user, Entry alias, CancellationToken cancellation) =>
        await Bind(transaction.Sql(Claim), user, "kind", alias).Execute(cancellation) == 1
        || await Bind(transaction.Sql(Owned), user, "kind", alias)
            .First(row => row.Text(0), cancellation) is not null;

    /// <summary>All that a new user claims: the own name first.</summary>
    internal static IEnumerable<Entry> Claims(User user, UserPool pool) =>
        OwnName(user, pool).Union(Aliases(user, pool));

    /// <summary>The user name among the preferred names; it never changes.</summary>
    internal static IEnumerable<Entry> OwnName(User user, UserPool pool) =>
        pool.HasAlias(AttributeNames.PreferredUsername)
            ? [new(AttributeNames.PreferredUsername, KeyText.ForName(pool.Fold(user.Username)))]
            : [];

    /// <summary> Which values may be signed in with. Where they are the user names, every e-mail address and
    /// number, verified or not; where they are aliases, the verified ones; preferred_username without a
    /// verification. Users who came by federation have none: what they do not sign in with stays free for
    /// others (observed). </summary>
    /// <remarks>Always in the same order, so that two claims cannot wait for each other.</remarks>
    internal static List<Entry> Aliases(User user, UserPool pool)
    {
        var aliases = new List<Entry>(2);
        if (user.IsFederated) return aliases;
        foreach (var kind in (string[])[AttributeNames.Email, AttributeNames.PhoneNumber])
        {
            var isVerifiedAlias =
                pool.HasAlias(kind) && user.Attributes.IsTrue(AttributeNames.VerifiedFlag(kind));
            if (pool.UsesAsUsername(kind) || isVerifiedAlias) AddAlias(kind);
        }

        if (pool.HasAlias(AttributeNames.PreferredUsername)) AddAlias(AttributeNames.PreferredUsername);
        return aliases;

        void AddAlias(string kind)
        {
            if (user.Attributes[kind] is { Length: > 0 } value)
                aliases.Add(new Entry(kind, KeyText.ForName(pool.FoldAlias(kind, value))));
        }
    }

    /// <summary>Under which values ListUsers finds the user.</summary>
    internal static List<Entry> Searches(User user)
    {
        var searches = new List<Entry>(Searchable.Count);
        foreach (var name in Searchable)
        {
            if (user.Attributes[name] is { Length: > 0 } value)
                searches.Add(new Entry(name, KeyText.ForSearch(value)));
        }

        return searches;
    }

    private static string RememberSql(int rows)
    {
        var sql = new StringBuilder("INSERT INTO user_search (pool_id, attribute, value, sub) VALUES ");
        for (var i = 0; i < rows; i++)
        {
            if (i > 0) sql.Append(", ");
            sql.Append(CultureInfo.InvariantCulture, $"(@pool_id, @attribute{i}, @value{i}, @sub)");
        }

        return sql.ToString();
    }

    private static Statement Bind(Statement statement, User user, string nameColumn, Entry entry) => statement
        .With("pool_id", user.PoolId)
        .With("sub", user.Sub)
        .With(nameColumn, entry.Name)
        .With("value", entry.Value);

    private static Entry Read(DbDataReader row) => new(row.Text(1), row.Text(2));

    /// <summary>An alias kind or attribute, and the value as it stands in the key.</summary>
    internal readonly record struct Entry(string Name, string Value);
}
