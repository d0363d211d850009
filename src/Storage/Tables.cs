namespace Lifeguard.Storage;

/// <summary>What is emptied as a whole, when a pool is purged or the database reset.</summary>
internal static class Tables
{
    /// <summary>Tables whose rows belong to a pool, and the columns that name a row within it.</summary>
    public static readonly IReadOnlyList<(string Table, string Key)> OfPools =
    [
        ("app_client", "client_id"),
        ("signing_key", "key_id"),
        ("pool_key", "key_id"),
        ("user_pool_replica", "region"),
        ("user_pool_domain", "kind"),
        ("user_alias", "kind, value"),
        ("user_search", "attribute, value, sub"),
        ("confirmation_code", "sub, kind"),
        ("attempt", "sub, kind"),
        ("sign_in_failure", "sub"),
        ("spent", "id"),
        ("revocation", "origin_jti"),
        ("software_token", "sub"),
        ("web_authn_credential", "credential_id"),
        ("device", "sub, device_key"),
        ("user_session", "sub, session_id"),
        ("authorization_code", "code_hash"),
        ("browser_session", "session_hash"),
        ("resource_server", "identifier"),
        ("idp_identifier", "identifier"),
        ("user_identity", "provider_id, attribute, value"),
        ("identity_provider", "provider_id"),
        ("managed_login_branding", "branding_id"),
        ("managed_login_asset", "client_id, category, color_mode, resource_id"),
        ("terms", "terms_id"),
        ("ui_customization", "client_id"),
        ("saml_certificate", "purpose, issue"),
        ("federation_state", "state_key"),
        ("outbox", "id"),
        ("group_member", "group_id, sub"),
        ("user_group", "group_id"),
        ("log_delivery", "pool_id"),
        ("risk_configuration", "client_id, region"),
        ("auth_event", "sub, event_id"),
        ("user_import_chunk", "job_id, upload, number"),
        ("user_import_row", "job_id, line"),
        ("user_import_job", "job_id"),
        ("users", "sub"),
    ];

    /// <summary>Everything but migrations and data keys.</summary>
    public static readonly IReadOnlyList<string> Emptied =
    [
        .. OfPools.Select(each => each.Table), "user_pool", "pool_import", "access_key", "provisioned_limit",
    ];
}
