using Lifeguard.Domain;
using Lifeguard.Domain.Imports;

namespace Lifeguard.Storage;

/// <summary>Adds users one after the other within one transaction, which stays good whatever becomes of a
/// single one.</summary>
public sealed class ImportedUsers(UserStore users)
{
    private const string BySub =
        "SELECT CAST(1 AS bigint) FROM users WHERE pool_id = @pool_id AND sub = @value";

    private const string ByName =
        "SELECT CAST(1 AS bigint) FROM users WHERE pool_id = @pool_id AND username_key = @value";

    private const string ByPreferredName =
        """
        SELECT CAST(1 AS bigint) FROM user_alias
        WHERE pool_id = @pool_id AND kind = 'preferred_username' AND value = @value
        """;

    /// <summary>Adds a user, if the name and the addresses that it would sign in with are free.</summary>
    public async Task<RowOutcome> Add(
        Transaction transaction, UserPool pool, User user, long line, CancellationToken cancellation)
    {
        if (await IsNameSpoken(transaction, pool, user, cancellation)) return RowOutcome.Skipped(line);
        if (await IsPreferredNameTaken(transaction, pool, user, cancellation))
            return AliasTaken(line, AttributeNames.PreferredUsername);
        try
        {
            await users.Insert(transaction, user, pool, cancellation);
            return RowOutcome.Succeeded(line);
        }
        catch (UsernameTakenException)
        {
            return RowOutcome.Skipped(line);
        }
        catch (AliasTakenException taken)
        {
            // What was inserted up to the alias must not stay behind: the transaction goes on.
            await users.Delete(transaction, user, cancellation);
            return pool.SignsInWithAttributes ? RowOutcome.Skipped(line) : AliasTaken(line, taken.Kind);
        }
    }

    /// <summary>A name equal to somebody's sub or preferred name would answer in that user's
    /// place.</summary>
    private static async Task<bool> IsNameSpoken(
        Transaction transaction, UserPool pool, User user, CancellationToken cancellation)
    {
        if (pool.SignsInWithAttributes) return false;
        var isId = Guid.TryParseExact(user.Username, "D", out _);
        if (isId
            && await Exists(transaction, BySub, pool, user.Username.ToLowerInvariant(), cancellation))
        {
            return true;
        }

        const string Kind = AttributeNames.PreferredUsername;
        return pool.HasAlias(Kind) && await Exists(
            transaction, ByPreferredName, pool, KeyText.ForName(pool.FoldAlias(Kind, user.Username)),
            cancellation);
    }

    private static async Task<bool> IsPreferredNameTaken(
        Transaction transaction, UserPool pool, User user, CancellationToken cancellation)
    {
        const string Kind = AttributeNames.PreferredUsername;
        return pool.HasAlias(Kind)
            && user.Attributes[Kind] is { } name
            && await Exists(
                transaction, ByName, pool, KeyText.ForName(pool.Fold(name)), cancellation);
    }

    private static async Task<bool> Exists(
        Transaction transaction, string sql, UserPool pool, string value, CancellationToken cancellation) =>
        await transaction.Sql(sql)
            .With("pool_id", pool.Id)
            .With("value", value)
            .Number(cancellation) is not null;

    private static RowOutcome AliasTaken(long line, string kind) =>
        RowOutcome.Failed(line, Reject.AliasExists(kind, given: false).Text!);
}
