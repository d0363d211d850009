using System.Security.Cryptography;
using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Storage;

/// <summary>Whose account an identity at a provider opens. The key of the table is the rule: one identity
/// opens one account.</summary>
public sealed class UserIdentityStore(Database database)
{
    private const string ByValue =
        """
        SELECT sub, is_primary FROM user_identity
        WHERE pool_id = @pool_id AND provider_id = @provider_id AND attribute = @attribute AND value = @value
        """;

    private const string OpenOfUser =
        """
        SELECT i.provider_id, i.attribute, i.value
        FROM user_identity i
        JOIN identity_provider p ON p.pool_id = i.pool_id AND p.provider_id = i.provider_id
        WHERE i.pool_id = @pool_id AND i.sub = @sub AND p.deleted_ms IS NULL
        """;

    private const string Add =
        """
        INSERT INTO user_identity (pool_id, provider_id, attribute, value, sub, is_primary)
        VALUES (@pool_id, @provider_id, @attribute, @value, @sub, @is_primary)
        ON CONFLICT (pool_id, provider_id, attribute, value) DO NOTHING
        """;

    private const string Remove =
        """
        DELETE FROM user_identity
        WHERE pool_id = @pool_id AND provider_id = @provider_id AND attribute = @attribute AND value = @value
          AND sub = @sub
        """;

    /// <summary>The identity with its user; null where it opens nobody's account.</summary>
    public Task<UserIdentity?> Find(
        IdentityProvider provider, string attribute, string value, CancellationToken cancellation) => Bind(
            database.Sql(ByValue), provider.PoolId, provider.Id, attribute, value)
        .First(
            row => new UserIdentity(
                provider.PoolId, provider.Id, attribute, value, row.Text(0), row.Flag(1)),
            cancellation);

    /// <summary>The marks of those identities that open the user's account: they are linked to it, and their
    /// providers are there.</summary>
    public async Task<IReadOnlyList<string>> OpenMarks(User user, CancellationToken cancellation) =>
        await database.Sql(OpenOfUser)
            .With("pool_id", user.PoolId)
            .With("sub", user.Sub)
            .All(row => MarkOfKey(row.Text(0), row.Text(1), row.Text(2)), cancellation);

    /// <summary>By which the ids of sign-ins tell an identity, see <see cref="RandomSource.FederatedId"/>:
    /// part of a hash, in which the provider's id is not known to anybody outside.</summary>
    public static string MarkOf(string providerId, string attribute, string value) =>
        MarkOfKey(providerId, attribute, KeyText.ForName(value));

    /// <summary>Adds an identity; false where it opens an account already.</summary>
    public async Task<bool> Insert(
        Transaction transaction, UserIdentity identity, CancellationToken cancellation) => await Bind(
            transaction.Sql(Add), identity.PoolId, identity.ProviderId, identity.Attribute, identity.Value)
        .With("sub", identity.Sub)
        .With("is_primary", identity.IsPrimary ? 1 : 0)
        .Execute(cancellation) == 1;

    /// <summary>Removes an identity; false where it opens the account of its user no longer.</summary>
    public async Task<bool> Delete(
        Transaction transaction, UserIdentity identity, CancellationToken cancellation) => await Bind(
            transaction.Sql(Remove), identity.PoolId, identity.ProviderId, identity.Attribute, identity.Value)
        .With("sub", identity.Sub)
        .Execute(cancellation) == 1;

    private static string MarkOfKey(string providerId, string attribute, string key) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{providerId}\0{attribute}\0{key}")))[
            ..RandomSource.MarkLength];

    private static Statement Bind(
        Statement statement, string poolId, string providerId, string attribute, string value) => statement
        .With("pool_id", poolId)
        .With("provider_id", providerId)
        .With("attribute", attribute)
        .With("value", KeyText.ForName(value));
}
