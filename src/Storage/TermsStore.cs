using System.Data.Common;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;

namespace Lifeguard.Storage;

/// <summary>Where terms of app clients are found.</summary>
public sealed class TermsStore(Database database)
{
    private const string Columns =
        "pool_id, terms_id, client_id, name, document, created_ms, modified_ms, version";

    private const string ById =
        $"SELECT {Columns} FROM terms WHERE pool_id = @pool_id AND terms_id = @terms_id";

    private const string OfClient =
        $"SELECT {Columns} FROM terms WHERE pool_id = @pool_id AND client_id = @client_id ORDER BY name";

    private const string Page =
        $"""
        SELECT {Columns} FROM terms WHERE pool_id = @pool_id AND terms_id > @after
        ORDER BY terms_id LIMIT @limit
        """;

    private const string Add =
        """
        INSERT INTO terms (
          pool_id, terms_id, client_id, name, document, created_ms, modified_ms, version)
        VALUES (@pool_id, @terms_id, @client_id, @name, @document, @created_ms, @modified_ms, @version)
        ON CONFLICT DO NOTHING
        """;

    private const string Change =
        """
        UPDATE terms
        SET name = @name, document = @document, modified_ms = @modified_ms, version = version + 1
        WHERE pool_id = @pool_id AND terms_id = @terms_id AND version = @version
        """;

    private const string Namesake =
        """
        SELECT COUNT(*) FROM terms
        WHERE pool_id = @pool_id AND client_id = @client_id AND name = @name AND terms_id <> @terms_id
        """;

    /// <summary>The terms.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException.</exception>
    public async Task<TermsDocument> Get(string poolId, string id, CancellationToken cancellation) =>
        await database.Sql(ById).With("pool_id", poolId).With("terms_id", id).First(Read, cancellation)
        ?? throw BrandingRefusals.TermsNotFound(id);

    /// <summary>All terms of an app client.</summary>
    public async Task<IReadOnlyList<TermsDocument>> Of(
        string poolId, string clientId, CancellationToken cancellation) => await database.Sql(OfClient)
        .With("pool_id", poolId)
        .With("client_id", clientId)
        .All(Read, cancellation);

    /// <summary>Up to <paramref name="limit"/> terms of the pool in the order of their ids.</summary>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<TermsDocument>> List(
        string poolId, string? after, int limit, CancellationToken cancellation) => await database.Sql(Page)
        .With("pool_id", poolId)
        .With("after", after ?? "")
        .With("limit", limit)
        .All(Read, cancellation);

    /// <summary>Adds terms; false where the client has some of that name.</summary>
    public async Task<bool> Insert(
        Transaction transaction, TermsDocument terms, CancellationToken cancellation) =>
        await Bind(transaction.Sql(Add), terms)
            .With("client_id", terms.ClientId)
            .With("created_ms", terms.CreatedAt)
            .Execute(cancellation) == 1;

    /// <summary>Has the client other terms of the same name, as the transaction leaves it?</summary>
    public async Task<bool> HasNamesake(
        Transaction transaction, TermsDocument terms, CancellationToken cancellation) => await transaction
        .Sql(Namesake)
        .With("pool_id", terms.PoolId)
        .With("client_id", terms.ClientId)
        .With("name", terms.Name)
        .With("terms_id", terms.Id)
        .Number(cancellation) > 0;

    /// <summary>Stores changed terms.</summary>
    /// <exception cref="ConflictException">They were changed or deleted since they were read.</exception>
    public async Task Update(Transaction transaction, TermsDocument terms, CancellationToken cancellation)
    {
        if (await Bind(transaction.Sql(Change), terms).Execute(cancellation) == 0)
            throw new ConflictException();
    }

    /// <summary>Removes terms; false where there are none of that id.</summary>
    public async Task<bool> Delete(
        Transaction transaction, string poolId, string id, CancellationToken cancellation) =>
        await transaction.Sql("DELETE FROM terms WHERE pool_id = @pool_id AND terms_id = @terms_id")
            .With("pool_id", poolId)
            .With("terms_id", id)
            .Execute(cancellation) == 1;

    private static Statement Bind(Statement statement, TermsDocument terms) => statement
        .With("pool_id", terms.PoolId)
        .With("terms_id", terms.Id)
        .With("name", terms.Name)
        .With("document", Documents.ToText(new TermsType
        {
            TermsSource = terms.Source,
            Enforcement = terms.Enforcement,
            Links = terms.Links,
        }))
        .With("modified_ms", terms.ModifiedAt)
        .With("version", terms.Version);

    private static TermsDocument Read(DbDataReader row)
    {
        var document = Documents.FromText<TermsType>(row.Text(4));
        return new()
        {
            PoolId = row.Text(0),
            Id = row.Text(1),
            ClientId = row.Text(2),
            Name = row.Text(3),
            Source = document.TermsSource,
            Enforcement = document.Enforcement,
            Links = document.Links,
            CreatedAt = row.Instant(5),
            ModifiedAt = row.Instant(6),
            Version = row.Number(7),
        };
    }
}
