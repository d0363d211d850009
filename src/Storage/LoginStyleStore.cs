using System.Data.Common;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;

namespace Lifeguard.Storage;

/// <summary>The styles of managed login pages, and their images. Not cached: a view of a page reads two
/// ranges of few rows, and none of the images.</summary>
public sealed class LoginStyleStore(Database database)
{
    private const string Columns =
        "pool_id, branding_id, client_id, settings, created_ms, modified_ms, version";

    private const string ById =
        $"""
        SELECT {Columns} FROM managed_login_branding
        WHERE pool_id = @pool_id AND branding_id = @branding_id
        """;

    private const string ByClient =
        $"SELECT {Columns} FROM managed_login_branding WHERE pool_id = @pool_id AND client_id = @client_id";

    private const string Add =
        """
        INSERT INTO managed_login_branding (
          pool_id, branding_id, client_id, settings, created_ms, modified_ms, version)
        VALUES (@pool_id, @branding_id, @client_id, @settings, @created_ms, @modified_ms, @version)
        ON CONFLICT DO NOTHING
        """;

    private const string Change =
        """
        UPDATE managed_login_branding
        SET settings = @settings, modified_ms = @modified_ms, version = version + 1
        WHERE pool_id = @pool_id AND branding_id = @branding_id AND version = @version
        """;

    private const string Remove =
        """
        DELETE FROM managed_login_branding WHERE pool_id = @pool_id AND branding_id = @branding_id
        """;

    private const string OfClient = "pool_id = @pool_id AND client_id = @client_id";

    private const string InOrder = "ORDER BY category, color_mode, resource_id";

    private const string Put =
        """
        INSERT INTO managed_login_asset (
          pool_id, client_id, category, color_mode, resource_id, extension, tag, image)
        VALUES (
          @pool_id, @client_id, @category, @color_mode, @resource_id, @extension, @tag, @image)
        ON CONFLICT (pool_id, client_id, category, color_mode, resource_id) DO UPDATE SET
          extension = excluded.extension, tag = excluded.tag, image = excluded.image
        """;

    private const string Clear =
        $"""
        DELETE FROM managed_login_asset
        WHERE {OfClient} AND category = @category AND color_mode = @color_mode
          AND resource_id = @resource_id
        """;

    /// <summary>The style.</summary>
    /// <exception cref="ApiException">ResourceNotFoundException.</exception>
    public async Task<LoginStyle> Get(string poolId, string id, CancellationToken cancellation) =>
        await database.Sql(ById).With("pool_id", poolId).With("branding_id", id).First(Read, cancellation)
        ?? throw BrandingRefusals.StyleNotFound();

    /// <summary>The style of an app client; null for none.</summary>
    public Task<LoginStyle?> FindByClient(
        string poolId, string clientId, CancellationToken cancellation) =>
        Of(database.Sql(ByClient), poolId, clientId).First(Read, cancellation);

    /// <summary>The images of an app client's style.</summary>
    public async Task<IReadOnlyList<StyleImage>> Images(
        string poolId, string clientId, CancellationToken cancellation) => await Of(
            database.Sql(
                $"""
                SELECT category, color_mode, resource_id, extension, image FROM managed_login_asset
                WHERE {OfClient} {InOrder}
                """),
            poolId,
            clientId)
        .All(
            row => new StyleImage(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Bytes(4)),
            cancellation);

    /// <summary>Which images an app client's style has.</summary>
    public async Task<IReadOnlyList<PageAsset>> Assets(
        string poolId, string clientId, CancellationToken cancellation) => await Of(
            database.Sql(
                $"""
                SELECT category, color_mode, resource_id, tag, extension FROM managed_login_asset
                WHERE {OfClient} {InOrder}
                """),
            poolId,
            clientId)
        .All(
            row => new PageAsset(
                row.Text(0),
                row.Text(1),
                row.Text(2) is { Length: > 0 } resource ? resource : null,
                row.Text(3),
                ImageContent.TypeOf(row.Text(4))),
            cancellation);

    /// <summary>The image with this tag, whichever style of the pool has it; null for none.</summary>
    public Task<PageImage?> Image(string poolId, string tag, CancellationToken cancellation) => database
        .Sql("""
            SELECT extension, image FROM managed_login_asset
            WHERE pool_id = @pool_id AND tag = @tag LIMIT 1
            """)
        .With("pool_id", poolId)
        .With("tag", tag)
        .First(row => new PageImage(ImageContent.TypeOf(row.Text(0)), row.Bytes(1)), cancellation);

    /// <summary>How many styles the pool has, as the transaction leaves it.</summary>
    public async Task<long> Count(
        Transaction transaction, string poolId, CancellationToken cancellation) => await transaction
        .Sql("SELECT COUNT(*) FROM managed_login_branding WHERE pool_id = @pool_id")
        .With("pool_id", poolId)
        .Number(cancellation) ?? 0;

    /// <summary>Adds a style; false where the client has one.</summary>
    public async Task<bool> Insert(
        Transaction transaction, LoginStyle style, CancellationToken cancellation) =>
        await Bind(transaction.Sql(Add), style)
            .With("client_id", style.ClientId)
            .With("created_ms", style.CreatedAt)
            .Execute(cancellation) == 1;

    /// <summary>Stores a changed style.</summary>
    /// <exception cref="ConflictException">It was changed or deleted since it was read.</exception>
    public async Task Update(Transaction transaction, LoginStyle style, CancellationToken cancellation)
    {
        if (await Bind(transaction.Sql(Change), style).Execute(cancellation) == 0)
            throw new ConflictException();
    }

    /// <summary>Removes the style with its images; false where it is gone already.</summary>
    public async Task<bool> Delete(
        Transaction transaction, LoginStyle style, CancellationToken cancellation)
    {
        var removed = await transaction.Sql(Remove)
            .With("pool_id", style.PoolId)
            .With("branding_id", style.Id)
            .Execute(cancellation);
        if (removed == 0) return false;
        await DropImages(transaction, style, cancellation);
        return true;
    }

    /// <summary>Puts each image into its place; one without bytes empties it.</summary>
    /// <returns>How many images the style has then.</returns>
    public async Task<long> PutImages(
        Transaction transaction,
        LoginStyle style,
        IReadOnlyList<StyleImage> images,
        CancellationToken cancellation)
    {
        foreach (var image in images)
        {
            var statement = Of(
                    transaction.Sql(image.Bytes.Length > 0 ? Put : Clear), style.PoolId, style.ClientId)
                .With("category", image.Category)
                .With("color_mode", image.ColorMode)
                .With("resource_id", image.ResourceId);
            if (image.Bytes.Length > 0)
            {
                statement.With("extension", image.Extension)
                    .With("tag", image.Tag)
                    .With("image", image.Bytes);
            }

            await statement.Execute(cancellation);
        }

        return await Of(
                transaction.Sql($"SELECT COUNT(*) FROM managed_login_asset WHERE {OfClient}"),
                style.PoolId,
                style.ClientId)
            .Number(cancellation) ?? 0;
    }

    /// <summary>Removes all images of the style.</summary>
    public Task DropImages(Transaction transaction, LoginStyle style, CancellationToken cancellation) => Of(
            transaction.Sql($"DELETE FROM managed_login_asset WHERE {OfClient}"),
            style.PoolId,
            style.ClientId)
        .Execute(cancellation);

    private static Statement Of(Statement statement, string poolId, string clientId) =>
        statement.With("pool_id", poolId).With("client_id", clientId);

    private static Statement Bind(Statement statement, LoginStyle style) => statement
        .With("pool_id", style.PoolId)
        .With("branding_id", style.Id)
        .With("settings", style.Settings is { } settings ? StyleSettings.ToText(settings) : null)
        .With("modified_ms", style.ModifiedAt)
        .With("version", style.Version);

    private static LoginStyle Read(DbDataReader row) => new()
    {
        PoolId = row.Text(0),
        Id = row.Text(1),
        ClientId = row.Text(2),
        Settings = row.TextOrNull(3) is { } settings ? StyleSettings.Parse(settings) : null,
        CreatedAt = row.Instant(4),
        ModifiedAt = row.Instant(5),
        Version = row.Number(6),
    };
}
