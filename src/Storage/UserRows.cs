using System.Data.Common;
using System.Text.Json;
using Lifeguard.Domain;

namespace Lifeguard.Storage;

/// <summary>Users as rows. The password and its history are sealed.</summary>
internal sealed class UserRows(Sealer sealer)
{
    /// <summary>What <see cref="Read"/> expects, of a table called <c>u</c>.</summary>
    public const string Columns =
        "u.pool_id, u.sub, u.username, u.status, u.enabled, u.attributes, u.pending, u.mfa, u.sealed, "
        + "u.signed_out_ms, u.created_ms, u.modified_ms, u.version";

    /// <summary>The first column after those of <see cref="Columns"/>.</summary>
    public const int ColumnCount = 13;

    internal const string Purpose = "password";

    /// <param name="number">Ends the names of the parameters, where a statement has several rows.</param>
    public Statement Bind(Statement statement, User user, string number = "") => statement
        .With("pool_id" + number, user.PoolId)
        .With("sub" + number, user.Sub)
        .With("status" + number, user.Status)
        .With("enabled" + number, user.Enabled ? 1 : 0)
        .With("attributes" + number, Documents.ToText(writer => WriteAttributes(writer, user.Attributes)))
        .With("pending" + number, Documents.ToText(writer => WriteAttributes(writer, user.Pending)))
        .With("mfa" + number, Documents.ToText(writer => WriteMfa(writer, user.Mfa)))
        .With("sealed" + number, SealPassword(user))
        .With("signed_out_ms" + number, user.SignedOutAt)
        .With("modified_ms" + number, user.ModifiedAt)
        .With("version" + number, user.Version);

    public User Read(DbDataReader row)
    {
        var user = new User
        {
            PoolId = row.Text(0),
            Sub = row.Text(1),
            Username = row.Text(2),
            Status = row.Text(3),
            Enabled = row.Flag(4),
            Attributes = Documents.Read(row.Text(5), ReadAttributes),
            Pending = Documents.Read(row.Text(6), ReadAttributes),
            Mfa = Documents.Read(row.Text(7), ReadMfa),
            SignedOutAt = row.InstantOrNull(9),
            CreatedAt = row.Instant(10),
            ModifiedAt = row.Instant(11),
            Version = row.Number(12),
        };
        return row.BytesOrNull(8) is { } box ? WithPassword(user, box) : user;
    }

    /// <summary>The document of a password and its history, as it is opened, without the SRP
    /// verifier.</summary>
    internal static byte[] WithoutVerifier(byte[] document) => Documents.ToBytes(writer =>
    {
        using var parsed = JsonDocument.Parse(document);
        writer.WriteStartObject();
        foreach (var member in parsed.RootElement.EnumerateObject())
        {
            if (member.Name is "srpSalt" or "srpVerifier") writer.WriteString(member.Name, "");
            else member.WriteTo(writer);
        }

        writer.WriteEndObject();
    });

    private byte[]? SealPassword(User user) => user.Password is null && user.PasswordHistory.Count == 0
        ? null
        : sealer.Seal(Purpose, Owner(user), Documents.ToBytes(writer => WritePassword(writer, user)));

    private User WithPassword(User user, byte[] box) => Documents.Read(
        sealer.MustOpen(Purpose, Owner(user), box),
        document => user with
        {
            Password = document.TryGetProperty("hash", out _) ? ReadPassword(document) : null,
            PasswordHistory = document.Texts("history"),
        });

    private static void WritePassword(Utf8JsonWriter writer, User user)
    {
        writer.WriteStartObject();
        if (user.Password is { } password)
        {
            writer.WriteString("hash", password.Hash);
            writer.WriteBase64String("srpSalt", password.SrpSalt);
            writer.WriteBase64String("srpVerifier", password.SrpVerifier);
            writer.WriteInstant("set", password.SetAt);
            writer.WriteBoolean("temporary", password.IsTemporary);
        }

        writer.WriteTexts("history", user.PasswordHistory);
        writer.WriteEndObject();
    }

    private static PasswordCredential ReadPassword(JsonElement password) => new(
        password.Text("hash"),
        password.GetProperty("srpSalt").GetBytesFromBase64(),
        password.GetProperty("srpVerifier").GetBytesFromBase64(),
        password.Instant("set"),
        password.GetProperty("temporary").GetBoolean());

    private static void WriteAttributes(Utf8JsonWriter writer, UserAttributes attributes)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in attributes) writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private static UserAttributes ReadAttributes(JsonElement attributes) => UserAttributes.From(
        attributes.EnumerateObject().Select(each => KeyValuePair.Create(each.Name, each.Value.GetString()!)));

    private static void WriteMfa(Utf8JsonWriter writer, MfaPreference mfa)
    {
        writer.WriteStartObject();
        writer.WriteTexts("enabled", mfa.Enabled);
        if (mfa.Preferred is { } preferred) writer.WriteString("preferred", preferred);
        if (mfa.IsLegacy) writer.WriteBoolean("legacy", true);
        writer.WriteEndObject();
    }

    private static MfaPreference ReadMfa(JsonElement mfa) =>
        new(mfa.Texts("enabled"), mfa.TextOrNull("preferred"), mfa.TryGetProperty("legacy", out _));

    private static string Owner(User user) => $"{user.PoolId}/{user.Sub}";
}
