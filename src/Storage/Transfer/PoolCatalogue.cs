using static Lifeguard.Storage.Transfer.PoolColumn;

namespace Lifeguard.Storage.Transfer;

/// <summary>
/// Every table whose rows belong to a pool, with all its columns: exports, imports and clones read nothing
/// else. Tests compare it with the tables of the database, so that nothing is forgotten.
/// </summary>
internal static class PoolCatalogue
{
    /// <summary>The row of the pool itself. It comes last, since it makes the pool exist.</summary>
    public static readonly PoolTable Pool = PoolTable.Of(
        PoolPart.Configuration,
        "user_pool",
        Text("name"),
        Text("settings"),
        Text("factors").Else(null),
        Number("session_tracking").Else(null),
        Number("sessions_per_user").Else(null),
        Number("created_ms"),
        Number("modified_ms"),
        Number("version")).Without("deleted_ms");

    /// <summary>All others, in the order in which they travel. App clients are first: a clone gives them new
    /// ids, which the tables after them refer to.</summary>
    public static readonly IReadOnlyList<PoolTable> Tables =
    [
        PoolTable.Of(
            PoolPart.Configuration,
            "app_client",
            Text("client_id").Key().ClientId(),
            Text("settings"),
            Sealed("sealed", ClientStore.Purpose, "client_id"),
            Number("created_ms"),
            Number("silent_sign_in_ms").Else(null),
            Number("modified_ms"),
            Number("version")),
        // A clone signs with keys of its own: who verifies the tokens of one pool must not believe the other.
        PoolTable.Of(
            PoolPart.SignIns,
            "signing_key",
            Text("key_id").Key(),
            Text("token_use"),
            Sealed("sealed", SigningKeyRows.Purpose, "key_id"),
            Number("created_ms"),
            Number("retired_ms")),
        PoolTable.Of(
            PoolPart.SignIns,
            "pool_key",
            Text("key_id").Key(),
            Sealed("sealed", PoolKeyStore.Purpose, "key_id")),
        PoolTable.Of(
            PoolPart.Users,
            "users",
            Text("sub").Key(),
            Text("username"),
            Text("username_key"),
            Text("status"),
            Number("enabled"),
            Text("attributes"),
            Text("pending"),
            Text("mfa"),
            Sealed("sealed", UserRows.Purpose, "sub"),
            Number("signed_out_ms"),
            Number("created_ms"),
            Number("modified_ms"),
            Number("version")),
        PoolTable.Of(
            PoolPart.Users,
            "software_token",
            Text("sub").Key(),
            Sealed("pending_sealed", SoftwareTokenStore.PendingPurpose, "sub"),
            Sealed("verified_sealed", SoftwareTokenStore.VerifiedPurpose, "sub"),
            Number("last_step"),
            Number("version")),
        // Secrets of users' own machines, as their passwords are.
        PoolTable.Of(
            PoolPart.Users,
            "device",
            Text("sub").Key(),
            Text("device_key").Key(),
            Text("group_key"),
            Text("document"),
            Text("last_ip"),
            Sealed("sealed", DeviceStore.Purpose, "sub", "device_key"),
            Number("remembered"),
            Number("created_ms"),
            Number("modified_ms"),
            Number("authenticated_ms"),
            Number("version")).Without("awaited"),
        PoolTable.Of(
            PoolPart.Users,
            "web_authn_credential",
            Text("credential_id").Key(),
            Text("sub"),
            Text("document"),
            Number("sign_count"),
            Number("created_ms")),
        PoolTable.Of(
            PoolPart.Users, "user_alias", Text("kind").Key(), Text("value").Key(), Text("sub")),
        PoolTable.Of(
            PoolPart.Users,
            "user_search",
            Text("attribute").Key(),
            Text("value").Key(),
            Text("sub").Key()),
        // A deleted group travels with the instant of it: its members are still to be swept.
        PoolTable.Of(
            PoolPart.Configuration,
            "user_group",
            Text("group_id").Key(),
            Text("name"),
            Text("document"),
            Number("created_ms"),
            Number("modified_ms"),
            Number("version"),
            Number("deleted_ms")),
        PoolTable.Of(PoolPart.Users, "group_member", Text("group_id").Key(), Text("sub").Key()),
        PoolTable.Of(
            PoolPart.Configuration,
            "resource_server",
            Text("identifier").Key(),
            Text("name"),
            Text("scopes")),
        // A deleted provider travels with the instant of it: what was linked through it may come back.
        PoolTable.Of(
            PoolPart.Configuration,
            "identity_provider",
            Text("provider_id").Key(),
            Text("name"),
            Text("type"),
            Text("issuer"),
            Text("document"),
            Text("certificates"),
            Sealed("sealed", IdentityProviderStore.Purpose, "provider_id"),
            Number("created_ms"),
            Number("modified_ms"),
            Number("version"),
            Number("deleted_ms")),
        PoolTable.Of(
            PoolPart.Configuration, "idp_identifier", Text("identifier").Key(), Text("provider_id")),
        PoolTable.Of(
            PoolPart.Users,
            "user_identity",
            Text("provider_id").Key(),
            Text("attribute").Key(),
            Text("value").Key(),
            Text("sub"),
            Number("is_primary")),
        PoolTable.Of(
            PoolPart.Configuration,
            "managed_login_branding",
            Text("branding_id").Key(),
            Text("client_id").ClientId(),
            Text("settings"),
            Number("created_ms"),
            Number("modified_ms"),
            Number("version")),
        PoolTable.Of(
            PoolPart.Configuration,
            "managed_login_asset",
            Text("client_id").Key().ClientId(),
            Text("category").Key(),
            Text("color_mode").Key(),
            Text("resource_id").Key(),
            Text("extension"),
            Text("tag"),
            Public("image")).InPagesOf(8),
        PoolTable.Of(
            PoolPart.Configuration,
            "terms",
            Text("terms_id").Key(),
            Text("client_id").ClientId(),
            Text("name"),
            Text("document"),
            Number("created_ms"),
            Number("modified_ms"),
            Number("version")),
        PoolTable.Of(
            PoolPart.Configuration,
            "ui_customization",
            Text("client_id").Key().ClientId(),
            Text("css"),
            Public("logo"),
            Text("logo_type"),
            Text("logo_tag"),
            Number("created_ms"),
            Number("modified_ms")).InPagesOf(40),
        // A clone is another service provider, with certificates of its own.
        PoolTable.Of(
            PoolPart.SignIns,
            "saml_certificate",
            Text("purpose").Key(),
            Number("issue").Key(),
            Text("certificate"),
            Sealed("sealed", SamlCertificateStore.Purpose, "purpose"),
            Number("created_ms")),
        PoolTable.Of(
            PoolPart.Configuration, "log_delivery", Text("configurations"), Number("modified_ms")),
        PoolTable.Of(
            PoolPart.Configuration,
            "risk_configuration",
            Text("client_id").Key().ClientId(),
            Text("region").Key(),
            Text("settings"),
            Number("modified_ms"),
            Number("version")),
        PoolTable.Of(
            PoolPart.SignIns,
            "auth_event",
            Text("sub").Key(),
            Text("event_id").Key(),
            Text("type"),
            Text("response"),
            Text("decision"),
            Text("level"),
            Number("compromised"),
            Text("challenges"),
            Text("ip_address"),
            Text("device_name"),
            Text("device_mark"),
            Text("device_key"),
            Text("city"),
            Text("country"),
            Text("feedback"),
            Text("feedback_provider"),
            Number("feedback_ms"),
            Number("created_ms")),
        // A clone is a pool of one region: its tokens would name no other.
        PoolTable.Of(
            PoolPart.SignIns,
            "user_pool_replica",
            Text("region").Key(),
            Text("status"),
            Text("settings"),
            Number("created_ms"),
            Number("modified_ms"),
            Number("version"),
            Text("log_delivery").Else(null)),
        // A domain leads to one pool. It moves with its pool, and no clone has it.
        PoolTable.Of(
            PoolPart.SignIns,
            "user_pool_domain",
            Text("kind").Key(),
            Text("domain"),
            Text("settings"),
            Number("created_ms"),
            Number("modified_ms"),
            Number("version")),
        // What was used up or revoked stays so, and a move lifts neither a lock nor a limit.
        PoolTable.Of(
            PoolPart.SignIns,
            "spent",
            Text("id").Key(),
            Number("expires_ms"),
            Number("spent_ms").Else(null)),
        PoolTable.Of(PoolPart.SignIns, "revocation", Text("origin_jti").Key(), Number("expires_ms")),
        PoolTable.Of(
            PoolPart.SignIns,
            "user_session",
            Text("sub").Key(),
            Text("session_id").Key(),
            Text("client_id"),
            Text("family"),
            Text("device"),
            Text("address"),
            Number("created_ms"),
            Number("active_ms"),
            Number("expires_ms"),
            Text("origin_id").Else(null)),
        PoolTable.Of(
            PoolPart.SignIns,
            "sign_in_failure",
            Text("sub").Key(),
            Number("failures"),
            Number("last_ms"),
            Number("locked_until_ms")),
        PoolTable.Of(
            PoolPart.SignIns,
            "attempt",
            Text("sub").Key(),
            Text("kind").Key(),
            Number("count"),
            Number("expires_ms")),
        PoolTable.Staying(
            "confirmation_code",
            "a code is hashed with a data key, lives a day at most, and another is sent for the asking"),
        PoolTable.Staying(
            "outbox", "the deployment that committed a message delivers it; two would send it twice"),
        PoolTable.Staying(
            "federation_state", "it lives five minutes, and its answer comes to the address it was made at"),
        PoolTable.Staying(
            "authorization_code", "it lives five minutes, and is redeemed at the address it was made at"),
        PoolTable.Staying(
            "browser_session", "the cookie that it belongs to goes to the domain's old address alone"),
        PoolTable.Staying("user_import_job", "the deployment that was given a file carries the import out"),
        PoolTable.Staying("user_import_row", "it tells of a job, which stays"),
        PoolTable.Staying("user_import_chunk", "it is the file of a job, which stays"),
        PoolTable.Staying("pool_import", "the progress of bringing a pool in is no part of the pool"),
    ];

    /// <summary>Those of a file, in its order.</summary>
    public static readonly IReadOnlyList<PoolTable> Travelling =
        [.. Tables.Where(table => table.Part is not PoolPart.Stays), Pool];

    /// <summary>The table of that name among those that travel; null for none.</summary>
    public static PoolTable? Find(string name) => Travelling.FirstOrDefault(table => table.Name == name);
}
