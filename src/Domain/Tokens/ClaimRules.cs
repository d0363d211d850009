using System.Text.Json;

namespace Lifeguard.Domain.Tokens;

/// <summary>Which claims a function may change (doc). What says who a token is for, who signed in, how and
/// until when is the service's own.</summary>
internal static class ClaimRules
{
    public const string Groups = "cognito:groups";

    /// <summary>What groups put into an ID token.</summary>
    public static readonly IReadOnlyList<string> OfGroups =
        [Groups, "cognito:roles", "cognito:preferred_role"];

    private const string Audience = "aud";

    private static readonly HashSet<string> FixedInBoth = new(StringComparer.Ordinal)
    {
        "acr", "amr", "at_hash", "auth_time", "azp", "event_id", "exp", "iat", AttributeNames.Identities,
        "iss", "jti", "nbf", "nonce", "origin_jti", "sub", "token_use",
    };

    private static readonly HashSet<string> FixedInId = new(StringComparer.Ordinal) { Audience };

    private static readonly HashSet<string> FixedInAccess = new(StringComparer.Ordinal)
    {
        "client_id", "device_key", "scope", "username", "version",
    };

    private static readonly HashSet<string> SimpleInId = new(StringComparer.Ordinal)
    {
        AttributeNames.EmailVerified, AttributeNames.PhoneNumberVerified, "updated_at", "address",
    };

    /// <summary>All but the service's own, of which groups are changed by other means. Four standard claims
    /// take no lists and objects (doc).</summary>
    public static bool MayAddToId(string name, JsonElement value) =>
        !IsFixedInId(name) && !IsReserved(name) && !IsOfDeveloper(name)
        && !(SimpleInId.Contains(name) && IsComplex(value));

    public static bool MaySuppressInId(string name) =>
        OfGroups.Contains(name) || !(IsFixedInId(name) || IsReserved(name));

    public static bool MayAddToAccess(string name, JsonElement value, string clientId) =>
        name == Audience
            ? value.ValueKind == JsonValueKind.String && value.GetString() == clientId
            : !IsFixedInAccess(name) && !IsReserved(name) && !IsOfDeveloper(name);

    public static bool MaySuppressInAccess(string name) =>
        name == Groups || !(IsFixedInAccess(name) || IsReserved(name));

    private static bool IsFixedInId(string name) => FixedInBoth.Contains(name) || FixedInId.Contains(name);

    private static bool IsFixedInAccess(string name) =>
        FixedInBoth.Contains(name) || FixedInAccess.Contains(name);

    private static bool IsReserved(string name) =>
        name.StartsWith("cognito:", StringComparison.Ordinal)
        || name.StartsWith("aws:", StringComparison.Ordinal);

    /// <summary>Attributes that only the pool's own servers write: no function makes one up, nor changes
    /// one (doc).</summary>
    private static bool IsOfDeveloper(string name) => name.StartsWith("dev:", StringComparison.Ordinal);

    private static bool IsComplex(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
}
