using Lifeguard.Domain;
using Lifeguard.Domain.Imports;

namespace Lifeguard.Storage;

/// <summary>
/// Adds users within one transaction, which stays good whatever becomes of a single one. They come to what
/// they would have come to one after the other; those who cannot get in each other's way share statements.
/// </summary>
public sealed class ImportedUsers(UserStore users, Sealer sealer)
{
    private const string BySub =
        "SELECT CAST(1 AS bigint) FROM users WHERE pool_id = @pool_id AND sub = @sub";

    private static readonly ManyRows Users = new(
        """
        INSERT INTO users (
          pool_id, sub, username, username_key, status, enabled, attributes, pending, mfa, sealed,
          signed_out_ms, created_ms, modified_ms, version)
        """,
        """
        (@pool_id#, @sub#, @username#, @username_key#, @status#, @enabled#, @attributes#, @pending#, @mfa#,
          @sealed#, @signed_out_ms#, @created_ms#, @modified_ms#, @version#)
        """,
        "ON CONFLICT (pool_id, username_key) DO NOTHING RETURNING sub");

    private static readonly ManyRows Aliases = new(
        "INSERT INTO user_alias (pool_id, kind, value, sub)",
        "(@pool_id#, @name#, @value#, @sub#)",
        "ON CONFLICT (pool_id, kind, value) DO NOTHING RETURNING kind, value");

    private static readonly ManyRows Searches = new(
        "INSERT INTO user_search (pool_id, attribute, value, sub)", "(@pool_id#, @name#, @value#, @sub#)");

    private readonly UserRows rows = new(sealer);

    /// <summary>Adds those whose names and addresses are free.</summary>
    /// <returns>What became of each; in no order.</returns>
    public async Task<IReadOnlyList<RowOutcome>> Add(
        Transaction transaction, UserPool pool, IReadOnlyList<NewUser> all, CancellationToken cancellation)
    {
        var outcomes = new List<RowOutcome>(all.Count);
        var together = new List<NewUser>(all.Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            if (await IsSub(transaction, pool, one.User, cancellation))
            {
                outcomes.Add(RowOutcome.Skipped(one.Line));
                continue;
            }

            var names = one.Names(pool);
            if (names.Any(taken.Contains))
            {
                outcomes.AddRange(await AddTogether(transaction, pool, together, cancellation));
                together.Clear();
                taken.Clear();
            }

            together.Add(one);
            taken.UnionWith(names);
        }

        outcomes.AddRange(await AddTogether(transaction, pool, together, cancellation));
        return outcomes;
    }

    /// <summary>A name equal to somebody's sub would answer in that user's place.</summary>
    private static async Task<bool> IsSub(
        Transaction transaction, UserPool pool, User user, CancellationToken cancellation) =>
        !pool.SignsInWithAttributes
        && Guid.TryParseExact(user.Username, "D", out _)
        && await transaction.Sql(BySub)
            .With("pool_id", pool.Id)
            .With("sub", user.Username.ToLowerInvariant())
            .Number(cancellation) is not null;

    /// <summary>Adds users of whom no two want the same name or address.</summary>
    private async Task<IReadOnlyList<RowOutcome>> AddTogether(
        Transaction transaction, UserPool pool, List<NewUser> together, CancellationToken cancellation)
    {
        var named = await Users.Insert(
            transaction,
            together,
            (statement, one, number) => Bind(statement, pool, one.User, number),
            row => row.Text(0),
            cancellation);
        var subs = named.ToHashSet();
        var claims = await Aliases.Insert(
            transaction,
            [.. together.Where(one => subs.Contains(one.User.Sub)).SelectMany(one => one.Claims(pool))],
            (statement, claim, number) => Bind(statement, pool, claim, number),
            row => new UserIndex.Entry(row.Text(0), row.Text(1)),
            cancellation);
        var claimed = claims.ToHashSet();

        List<RowOutcome> outcomes = [];
        List<NewUser> added = [];
        foreach (var one in together)
        {
            var isNamed = subs.Contains(one.User.Sub);
            var outcome = isNamed ? one.OutcomeOf(claimed, pool) : RowOutcome.Skipped(one.Line);
            outcomes.Add(outcome);
            if (outcome.Fate == RowFate.Succeeded) added.Add(one);
            // What was inserted up to the alias must not stay behind: the transaction goes on.
            else if (isNamed) await users.Delete(transaction, one.User, cancellation);
        }

        await Searches.Insert(
            transaction,
            [.. added.SelectMany(one => one.Searches())],
            (statement, search, number) => Bind(statement, pool, search, number),
            cancellation);
        return outcomes;
    }

    private void Bind(Statement statement, UserPool pool, User user, string number) => rows
        .Bind(statement, user, number)
        .With("username" + number, user.Username)
        .With("username_key" + number, KeyText.ForName(pool.Fold(user.Username)))
        .With("created_ms" + number, user.CreatedAt);

    private static void Bind(
        Statement statement, UserPool pool, (UserIndex.Entry Entry, string Sub) key, string number) =>
        statement
            .With("pool_id" + number, pool.Id)
            .With("name" + number, key.Entry.Name)
            .With("value" + number, key.Entry.Value)
            .With("sub" + number, key.Sub);
}

/// <summary>A user and the line of the file that it comes from.</summary>
public sealed record NewUser(long Line, User User)
{
    /// <summary>What no two users may have.</summary>
    internal IReadOnlyList<string> Names(UserPool pool) =>
    [
        $"username {KeyText.ForName(pool.Fold(User.Username))}",
        .. UserIndex.Claims(User, pool).Select(claim => $"{claim.Name} {claim.Value}"),
    ];

    internal IEnumerable<(UserIndex.Entry Entry, string Sub)> Claims(UserPool pool) =>
        UserIndex.Claims(User, pool).Select(claim => (claim, User.Sub));

    internal IEnumerable<(UserIndex.Entry Entry, string Sub)> Searches() =>
        UserIndex.Searches(User).Select(search => (search, User.Sub));

    /// <summary>What becomes of a user whose name was free.</summary>
    /// <param name="claimed">The aliases that were free.</param>
    internal RowOutcome OutcomeOf(HashSet<UserIndex.Entry> claimed, UserPool pool)
    {
        // The name comes before the aliases: who is called as somebody prefers to be is there already.
        if (!UserIndex.OwnName(User, pool).All(claimed.Contains)) return RowOutcome.Skipped(Line);
        foreach (var alias in UserIndex.Aliases(User, pool))
        {
            if (claimed.Contains(alias)) continue;
            return pool.SignsInWithAttributes
                ? RowOutcome.Skipped(Line)
                : RowOutcome.Failed(Line, Reject.AliasExists(alias.Name, given: false).Text!);
        }

        return RowOutcome.Succeeded(Line);
    }
}
