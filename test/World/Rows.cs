using System.Data.Common;
using System.Globalization;
using System.Text;
using Lifeguard.Storage;

namespace Lifeguard.Worlds;

/// <summary>The rows of a database as text, so that a transcript can
/// show what a call changed, and that nothing else did.</summary>
internal static class Rows
{
    private static readonly string[] TableNames =
    [
        "user_pool", "signing_key", "app_client", "users", "user_alias", "confirmation_code", "attempt",
        "sign_in_failure", "spent", "revocation", "outbox", "pool_key", "user_group", "group_member",
        "user_pool_replica", "log_delivery", "provisioned_limit",
        "user_import_job", "user_import_row", "user_import_chunk", "software_token",
        "risk_configuration", "auth_event", "web_authn_credential", "device", "user_session",
        "authorization_code", "browser_session",
        "resource_server", "user_pool_domain", "identity_provider", "idp_identifier", "user_identity",
        "saml_certificate", "managed_login_branding", "managed_login_asset", "terms", "ui_customization",
        "federation_state",
    ];

    /// <summary>One line a row, sorted. Sealed and hashed
    /// columns show only whether they hold something.</summary>
    public static async Task<SortedSet<string>> Of(Database database)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var table in TableNames)
        {
            var rows = await database.Sql($"SELECT * FROM {table}").All(Line, CancellationToken.None);
            foreach (var row in rows) lines.Add($"{table} {row}");
        }

        return lines;
    }

    /// <summary>One line a row of <paramref name="table"/>.</summary>
    public static async Task<IReadOnlyList<string>> Of(Database database, string table) =>
        await database.Sql($"SELECT * FROM {table}").All(Line, CancellationToken.None);

    private static string Line(DbDataReader row)
    {
        var line = new StringBuilder();
        for (var column = 0; column < row.FieldCount; column++)
        {
            var name = row.GetName(column);
            // What a masked destination is, the answer and the message have shown already.
            if (row.IsDBNull(column) || name is "settings" or "masked_to") continue;
            line.Append(name).Append('=').Append(Value(row.GetValue(column))).Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    private static string Value(object value) => value switch
    {
        byte[] => "(bytes)",
        string text => text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
