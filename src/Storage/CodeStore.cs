using System.Data.Common;
using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>Confirmation codes: one for each user and kind, of which only a keyed hash is stored.</summary>
public sealed class CodeStore(Database database)
{
    private const string Columns = "pool_id, sub, kind, hash, attribute, value, issued_ms, expires_ms";

    private const string ByKind =
        $"SELECT {Columns} FROM confirmation_code WHERE pool_id = @pool_id AND sub = @sub AND kind = @kind";

    private const string Put =
        """
        INSERT INTO confirmation_code (
          pool_id, sub, kind, hash, attribute, value, issued_ms, expires_ms, tries)
        VALUES (@pool_id, @sub, @kind, @hash, @attribute, @value, @issued_ms, @expires_ms, 0)
        ON CONFLICT (pool_id, sub, kind) DO UPDATE SET
          hash = excluded.hash, attribute = excluded.attribute, value = excluded.value,
          issued_ms = excluded.issued_ms, expires_ms = excluded.expires_ms, tries = 0
        """;

    private const string Plant =
        """
        INSERT INTO confirmation_code (
          pool_id, sub, kind, hash, attribute, value, issued_ms, expires_ms, tries)
        VALUES (@pool_id, @sub, @kind, @hash, @attribute, @value, @issued_ms, @expires_ms, 0)
        ON CONFLICT (pool_id, sub, kind) DO NOTHING
        """;

    // Tries stop one above the limit, which is how the try that came too late is told from the last good one.
    private const string CountTry =
        $"""
        UPDATE confirmation_code SET tries = CASE WHEN tries > @most THEN tries ELSE tries + 1 END
        WHERE pool_id = @pool_id AND sub = @sub AND kind = @kind
        RETURNING {Columns}, tries
        """;

    private const string UncountTry =
        """
        UPDATE confirmation_code SET tries = tries - 1
        WHERE pool_id = @pool_id AND sub = @sub AND kind = @kind AND hash = @hash AND tries > 0
        """;

    private const string Redeem =
        """
        DELETE FROM confirmation_code
        WHERE pool_id = @pool_id AND sub = @sub AND kind = @kind AND hash = @hash
        """;

    private const string Remove =
        "DELETE FROM confirmation_code WHERE pool_id = @pool_id AND sub = @sub AND kind = @kind";

    private const string RemoveOutdated =
        """
        DELETE FROM confirmation_code
        WHERE pool_id = @pool_id AND sub = @sub AND attribute = @attribute
          AND value <> @present AND value <> @waiting
        """;

    private const string RemoveExpired =
        """
        DELETE FROM confirmation_code WHERE (pool_id, sub, kind) IN (
          SELECT pool_id, sub, kind FROM confirmation_code WHERE expires_ms < @before
          ORDER BY expires_ms LIMIT @limit)
        """;

    /// <summary>The code, without counting a try; null where there is none. Expiry is the caller's to
    /// judge.</summary>
    public Task<ConfirmationCode?> Find(
        string poolId, string sub, CodeKind kind, CancellationToken cancellation) =>
        Bind(database.Sql(ByKind), poolId, sub, kind).First(Read, cancellation);

    /// <summary>Stores a new code in place of the one before it, with all tries ahead.</summary>
    public Task Replace(Transaction transaction, ConfirmationCode code, CancellationToken cancellation) =>
        Bind(transaction.Sql(Put), code).Execute(cancellation);

    /// <summary>
    /// Counts one try and hands out the code to compare with, in a transaction of its own that is committed
    /// before the caller compares: however many answers arrive at once, on whatever nodes, no more than
    /// <see cref="ConfirmationCode.MaxTries"/> are compared.
    /// </summary>
    /// <param name="planted">Put in the place of a code that is missing; null leaves the place empty.</param>
    public Task<CodeTry> TakeTry(
        string poolId, string sub, CodeKind kind, CancellationToken cancellation,
        ConfirmationCode? planted = null) => database.Write<CodeTry>(
        async transaction =>
        {
            if (planted is not null) await Bind(transaction.Sql(Plant), planted).Execute(cancellation);
            return await Bind(transaction.Sql(CountTry), poolId, sub, kind)
                .With("most", ConfirmationCode.MaxTries)
                .First(ReadTry, cancellation) ?? CodeTry.None.Instance;
        },
        cancellation);

    /// <summary>Takes back the try of an answer that was right but could not be acted on.</summary>
    public Task ReturnTry(ConfirmationCode code, CancellationToken cancellation) => database.Write(
        transaction => Bind(transaction.Sql(UncountTry), code.PoolId, code.Sub, code.Kind)
            .With("hash", code.Hash)
            .Execute(cancellation),
        cancellation);

    /// <summary>Spends exactly this code; false where it was spent or replaced meanwhile.</summary>
    public async Task<bool> Consume(
        Transaction transaction, ConfirmationCode code, CancellationToken cancellation) =>
        await Bind(transaction.Sql(Redeem), code.PoolId, code.Sub, code.Kind)
            .With("hash", code.Hash)
            .Execute(cancellation) == 1;

    /// <summary>Removes whatever code there is.</summary>
    public Task Delete(
        Transaction transaction, string poolId, string sub, CodeKind kind, CancellationToken cancellation) =>
        Bind(transaction.Sql(Remove), poolId, sub, kind).Execute(cancellation);

    /// <summary>Removes every code that went to a value of <paramref name="contact"/> that is neither the
    /// user's present nor the waiting one.</summary>
    public Task DeleteOutdated(
        Transaction transaction, User user, string contact, CancellationToken cancellation) => transaction
        .Sql(RemoveOutdated)
        .With("pool_id", user.PoolId)
        .With("sub", user.Sub)
        .With("attribute", contact)
        .With("present", user.Attributes[contact] ?? "")
        .With("waiting", user.Pending[contact] ?? "")
        .Execute(cancellation);

    /// <summary>Removes up to <paramref name="limit"/> codes that expired before <paramref name="before"/>;
    /// returns how many.</summary>
    public Task<int> Sweep(DateTimeOffset before, int limit, CancellationToken cancellation) =>
        database.Write(
            transaction => transaction.Sql(RemoveExpired)
                .With("before", before)
                .With("limit", limit)
                .Execute(cancellation),
            cancellation);

    private static Statement Bind(Statement statement, ConfirmationCode code) =>
        Bind(statement, code.PoolId, code.Sub, code.Kind)
            .With("hash", code.Hash)
            .With("attribute", code.Attribute)
            .With("value", code.Value)
            .With("issued_ms", code.IssuedAt)
            .With("expires_ms", code.ExpiresAt);

    private static Statement Bind(Statement statement, string poolId, string sub, CodeKind kind) => statement
        .With("pool_id", poolId)
        .With("sub", sub)
        .With("kind", Word(kind));

    private static CodeTry ReadTry(DbDataReader row) => row.Number(8) > ConfirmationCode.MaxTries
        ? CodeTry.Exhausted.Instance
        : new CodeTry.Taken(Read(row));

    private static ConfirmationCode Read(DbDataReader row) => new(
        PoolId: row.Text(0),
        Sub: row.Text(1),
        Kind: Kind(row.Text(2)),
        Hash: row.Bytes(3),
        Attribute: row.Text(4),
        Value: row.Text(5),
        IssuedAt: row.Instant(6),
        ExpiresAt: row.Instant(7));

    private static string Word(CodeKind kind) => kind switch
    {
        CodeKind.SignUp => "sign_up",
        CodeKind.Reset => "reset",
        CodeKind.VerifyEmail => "verify_email",
        CodeKind.VerifyPhoneNumber => "verify_phone_number",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static CodeKind Kind(string word) => word switch
    {
        "sign_up" => CodeKind.SignUp,
        "reset" => CodeKind.Reset,
        "verify_email" => CodeKind.VerifyEmail,
        _ => CodeKind.VerifyPhoneNumber,
    };
}

/// <summary>What a try at a code came to.</summary>
public abstract record CodeTry
{
    private CodeTry() { }

    /// <summary>There is no code: never sent, spent, or swept.</summary>
    public sealed record None : CodeTry
    {
        internal static readonly None Instance = new();
    }

    /// <summary>All tries had been taken; even the right answer is refused.</summary>
    public sealed record Exhausted : CodeTry
    {
        internal static readonly Exhausted Instance = new();
    }

    /// <summary>The try is counted and may be compared with <paramref name="Code"/>.</summary>
    public sealed record Taken(ConfirmationCode Code) : CodeTry;
}
