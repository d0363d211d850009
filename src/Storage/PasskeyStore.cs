using System.Data.Common;
using System.Text.Json;
using Lifeguard.Domain.Passkeys;

namespace Lifeguard.Storage;

/// <summary>The passkeys of users, a bounded number each. The public keys are no secret.</summary>
public sealed class PasskeyStore(Database database)
{
    private const string OfUserText =
        """
        SELECT pool_id, sub, credential_id, document, sign_count, created_ms FROM web_authn_credential
        WHERE pool_id = @pool_id AND sub = @sub
        ORDER BY created_ms, credential_id
        """;

    private const string Add =
        """
        INSERT INTO web_authn_credential (pool_id, credential_id, sub, document, sign_count, created_ms)
        VALUES (@pool_id, @credential_id, @sub, @document, @sign_count, @created_ms)
        ON CONFLICT (pool_id, credential_id) DO NOTHING
        """;

    // The old count stands in the condition: of two copies of a key one is found out, however fast they are.
    private const string Count =
        """
        UPDATE web_authn_credential SET sign_count = @sign_count
        WHERE pool_id = @pool_id AND credential_id = @credential_id AND sub = @sub AND sign_count = @old
        """;

    private const string Remove =
        """
        DELETE FROM web_authn_credential
        WHERE pool_id = @pool_id AND credential_id = @credential_id AND sub = @sub
        """;

    private const string CountOfUser =
        "SELECT COUNT(*) FROM web_authn_credential WHERE pool_id = @pool_id AND sub = @sub";

    /// <summary>All passkeys of the user, the oldest first.</summary>
    public async Task<IReadOnlyList<Passkey>> OfUser(
        string poolId, string sub, CancellationToken cancellation) =>
        await OfUser(database.Sql(OfUserText), poolId, sub).All(Read, cancellation);

    /// <summary>Has the user any?</summary>
    public async Task<bool> HasAny(string poolId, string sub, CancellationToken cancellation) =>
        await OfUser(database.Sql(CountOfUser), poolId, sub).Number(cancellation) > 0;

    /// <summary>How many the user has, as the transaction sees it; it has to hold the user for the number to
    /// stay.</summary>
    public async Task<long> CountOf(
        Transaction transaction, string poolId, string sub, CancellationToken cancellation) =>
        await OfUser(transaction.Sql(CountOfUser), poolId, sub).Number(cancellation) ?? 0;

    /// <summary>Stores a new passkey; false where one of that id is in the pool, whoever has it.</summary>
    public async Task<bool> TryInsert(
        Transaction transaction, Passkey passkey, CancellationToken cancellation) =>
        await Bind(transaction.Sql(Add), passkey)
            .With("document", Documents.ToText(writer => WriteDocument(writer, passkey)))
            .With("sign_count", passkey.SignCount)
            .With("created_ms", passkey.CreatedAt)
            .Execute(cancellation) == 1;

    /// <summary>Stores the counter of a use; false where the passkey was used or deleted since it was
    /// read.</summary>
    public async Task<bool> TryCount(
        Transaction transaction, Passkey passkey, uint signCount, CancellationToken cancellation) =>
        await Bind(transaction.Sql(Count), passkey)
            .With("sign_count", signCount)
            .With("old", passkey.SignCount)
            .Execute(cancellation) == 1;

    /// <summary>Removes a passkey of the user; false where the user has none of that id.</summary>
    public async Task<bool> Delete(
        Transaction transaction, string poolId, string sub, string credentialId,
        CancellationToken cancellation) =>
        await OfUser(transaction.Sql(Remove), poolId, sub)
            .With("credential_id", credentialId)
            .Execute(cancellation) == 1;

    private static Statement OfUser(Statement statement, string poolId, string sub) =>
        statement.With("pool_id", poolId).With("sub", sub);

    private static Statement Bind(Statement statement, Passkey passkey) =>
        OfUser(statement, passkey.PoolId, passkey.Sub).With("credential_id", passkey.CredentialId);

    private static void WriteDocument(Utf8JsonWriter writer, Passkey passkey)
    {
        writer.WriteStartObject();
        writer.WriteBase64String("key", passkey.PublicKey);
        writer.WriteBoolean("eligible", passkey.IsBackupEligible);
        writer.WriteString("aaguid", passkey.Aaguid);
        writer.WriteString("name", passkey.Name);
        writer.WriteString("party", passkey.RelyingPartyId);
        if (passkey.Attachment is { } attachment) writer.WriteString("attachment", attachment);
        writer.WriteTexts("transports", passkey.Transports);
        writer.WriteEndObject();
    }

    private static Passkey Read(DbDataReader row) => Documents.Read(row.Text(3), document => new Passkey
    {
        PoolId = row.Text(0),
        Sub = row.Text(1),
        CredentialId = row.Text(2),
        PublicKey = document.GetProperty("key").GetBytesFromBase64(),
        SignCount = (uint)row.Number(4),
        IsBackupEligible = document.GetProperty("eligible").GetBoolean(),
        Aaguid = document.GetProperty("aaguid").GetGuid(),
        Name = document.Text("name"),
        RelyingPartyId = document.Text("party"),
        Attachment = document.TextOrNull("attachment"),
        Transports = document.Texts("transports"),
        CreatedAt = row.Instant(5),
    });
}
