using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Groups;
using Lifeguard.Domain.Tokens;

namespace Lifeguard.Operations.Triggers;

/// <summary>Reads what PreTokenGeneration answered. What has the wrong type, or is more than a token takes,
/// is refused whole.</summary>
internal static class TokenAnswer
{
    /// <summary>The one member of the first version's answer.</summary>
    public const string Claims = "claimsOverrideDetails";

    /// <summary>The one member of later answers.</summary>
    public const string ClaimsAndScopes = "claimsAndScopeOverrideDetails";

    /// <summary>Claims and scopes in one answer (doc).</summary>
    private const int Most = 5000;

    private const int LongestScope = 256;

    private const string Added = "claimsToAddOrOverride";
    private const string Suppressed = "claimsToSuppress";

    /// <summary>An answer of the first version: texts for the ID token, and groups for both.</summary>
    /// <exception cref="ApiException">InvalidLambdaResponseException.</exception>
    public static TokenChanges ReadClaims(JsonElement response)
    {
        if (response.Object(Claims) is not { } details) return TokenChanges.None;
        var (added, suppressed) = (details.Values(Added), details.Texts(Suppressed));
        if (added.Any(claim => claim.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)))
            throw TriggerCaller.Invalid();
        MustBeFew(added.Count + suppressed.Count);
        return new() { Id = ClaimChanges.OfId(added, suppressed), Groups = ReadGroups(details) };
    }

    /// <summary>An answer of the second or third version.</summary>
    /// <param name="clientId">Whose tokens they are.</param>
    /// <exception cref="ApiException">InvalidLambdaResponseException.</exception>
    public static TokenChanges ReadClaimsAndScopes(JsonElement response, string clientId)
    {
        if (response.Object(ClaimsAndScopes) is not { } details) return TokenChanges.None;
        var id = details.Object("idTokenGeneration") ?? default;
        var access = details.Object("accessTokenGeneration") ?? default;
        var (idAdded, idSuppressed) = (id.Values(Added), id.Texts(Suppressed));
        var (accessAdded, accessSuppressed) = (access.Values(Added), access.Texts(Suppressed));
        var (scopesAdded, scopesSuppressed) = (access.Texts("scopesToAdd"), access.Texts("scopesToSuppress"));
        MustBeFew(
            idAdded.Count + idSuppressed.Count + accessAdded.Count + accessSuppressed.Count
            + scopesAdded.Count + scopesSuppressed.Count);
        if (!scopesAdded.All(IsScope)) throw Refused("A scope is not well-formed");
        return new()
        {
            Id = ClaimChanges.OfId(idAdded, idSuppressed),
            Access = ClaimChanges.OfAccess(accessAdded, accessSuppressed, clientId),
            AddedScopes = scopesAdded,
            SuppressedScopes = scopesSuppressed,
            Groups = ReadGroups(details),
        };
    }

    /// <summary>The refusal of an answer whose form is right, in own words.</summary>
    public static ApiException Refused(string why) =>
        new(Errors.InvalidLambdaResponseException, $"Invalid lambda function output : {why}");

    /// <summary>Left out, groups stay as they are; null and empty take them away (doc).</summary>
    private static GroupClaims? ReadGroups(JsonElement details)
    {
        const string Name = "groupOverrideDetails";
        if (!details.TryGetProperty(Name, out _)) return null;
        if (details.Object(Name) is not { } groups) return GroupClaims.None;
        var names = groups.Texts("groupsToOverride");
        var roles = groups.Texts("iamRolesToOverride");
        MustBeFew(names.Count + roles.Count);
        return new(names, roles, groups.Text("preferredRole"));
    }

    /// <summary>RFC 6749 §3.3: a blank would make two scopes of one.</summary>
    private static bool IsScope(string scope) =>
        scope.Length is > 0 and <= LongestScope
        && scope.All(character => character is > ' ' and <= '~' and not ('"' or '\\'));

    private static void MustBeFew(int count)
    {
        if (count > Most) throw Refused($"More than {Most} claims and scopes");
    }
}
