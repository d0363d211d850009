namespace Lifeguard.Storage;

/// <summary>What is emptied as a whole, when a pool is purged or the database reset.</summary>
internal static class Tables
{
    /// <summary>Tables whose rows belong to a pool, and the columns that name a row within it.</summary>
    public static readonly IReadOnlyList<(string Table, string Key)> OfPools =
    [
        ("app_client", "client_id"),
        ("signing_key", "key_id"),
        ("user_alias", "kind, value"),
        ("user_search", "attribute, value, sub"),
        ("confirmation_code", "sub, kind"),
        ("attempt", "sub, kind"),
        ("sign_in_failure", "sub"),
        ("spent", "id"),
        ("revocation", "origin_jti"),
        ("software_token", "sub"),
        ("outbox", "id"),
        ("users", "sub"),
    ];

    /// <summary>Everything but migrations and data keys.</summary>
    public static readonly IReadOnlyList<string> Emptied =
        [.. OfPools.Select(each => each.Table), "user_pool", "access_key"];
}
