using System.Data.Common;
using Lifeguard.Domain;
using Lifeguard.Domain.Mfa;

namespace Lifeguard.Storage;

/// <summary>The authenticators of users, at most one each. Secrets and names are sealed.</summary>
public sealed class SoftwareTokenStore(Database database, Sealer sealer)
{
    internal const string PendingPurpose = "software-token-pending";
    internal const string VerifiedPurpose = "software-token";

    private const string OfUser =
        """
        SELECT pool_id, sub, pending_sealed, verified_sealed, last_step, version FROM software_token
        WHERE pool_id = @pool_id AND sub = @sub
        """;

    private const string Add =
        """
        INSERT INTO software_token (pool_id, sub, pending_sealed, verified_sealed, last_step, version)
        VALUES (@pool_id, @sub, @pending, @verified, @last_step, 1)
        ON CONFLICT (pool_id, sub) DO NOTHING
        """;

    private const string Change =
        """
        UPDATE software_token SET
          pending_sealed = @pending, verified_sealed = @verified, last_step = @last_step,
          version = version + 1
        WHERE pool_id = @pool_id AND sub = @sub AND version = @version
        """;

    // The version stands for the secret: a code of one that was replaced meanwhile is not taken.
    private const string Take =
        """
        UPDATE software_token SET last_step = @step
        WHERE pool_id = @pool_id AND sub = @sub AND version = @version AND last_step < @step
        """;

    private const string Remove = "DELETE FROM software_token WHERE pool_id = @pool_id AND sub = @sub";

    /// <summary>The user's authenticator; null where the user never began to set one up.</summary>
    public Task<SoftwareToken?> Find(string poolId, string sub, CancellationToken cancellation) =>
        Bind(database.Sql(OfUser), poolId, sub).First(Read, cancellation);

    /// <summary>Stores a new or changed authenticator.</summary>
    /// <exception cref="ConflictException">It was changed since it was read.</exception>
    public async Task Save(Transaction transaction, SoftwareToken token, CancellationToken cancellation)
    {
        var statement = transaction.Sql(token.Version == 0 ? Add : Change);
        var saved = await Bind(statement, token.PoolId, token.Sub)
            .With("pending", token.Pending is { } pending
                ? sealer.Seal(PendingPurpose, Owner(token.PoolId, token.Sub), pending)
                : null)
            .With("verified", SealVerified(token))
            .With("last_step", token.LastStep)
            .With("version", token.Version)
            .Execute(cancellation);
        if (saved == 0) throw new ConflictException();
    }

    /// <summary>Takes the code of a step in one atomic statement; false where it or a later one was taken
    /// before, on whatever node, or the secret was replaced.</summary>
    public async Task<bool> TryTake(
        Transaction transaction, SoftwareToken token, long step, CancellationToken cancellation) =>
        await Bind(transaction.Sql(Take), token.PoolId, token.Sub)
            .With("step", step)
            .With("version", token.Version)
            .Execute(cancellation) == 1;

    /// <summary>Removes the authenticator with both secrets.</summary>
    public Task Delete(
        Transaction transaction, string poolId, string sub, CancellationToken cancellation) =>
        Bind(transaction.Sql(Remove), poolId, sub).Execute(cancellation);

    private static Statement Bind(Statement statement, string poolId, string sub) =>
        statement.With("pool_id", poolId).With("sub", sub);

    private byte[]? SealVerified(SoftwareToken token) => token.Verified is not { } secret
        ? null
        : sealer.Seal(VerifiedPurpose, Owner(token.PoolId, token.Sub), Documents.ToBytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBase64String("secret", secret);
            if (token.Name is { } name) writer.WriteString("name", name);
            writer.WriteEndObject();
        }));

    private SoftwareToken Read(DbDataReader row)
    {
        var owner = Owner(row.Text(0), row.Text(1));
        var token = new SoftwareToken
        {
            PoolId = row.Text(0),
            Sub = row.Text(1),
            Pending = row.BytesOrNull(2) is { } pending
                ? sealer.MustOpen(PendingPurpose, owner, pending)
                : null,
            LastStep = row.Number(4),
            Version = row.Number(5),
        };
        return row.BytesOrNull(3) is not { } verified
            ? token
            : Documents.Read(sealer.MustOpen(VerifiedPurpose, owner, verified), document => token with
            {
                Verified = document.GetProperty("secret").GetBytesFromBase64(),
                Name = document.TextOrNull("name"),
            });
    }

    private static string Owner(string poolId, string sub) => $"{poolId}/{sub}";
}
