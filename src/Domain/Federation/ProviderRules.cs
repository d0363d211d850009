using Lifeguard.Contract;

namespace Lifeguard.Domain.Federation;

/// <summary>What an identity provider of a pool may be called, and how its attributes become the
/// pool's.</summary>
public static class ProviderRules
{
    /// <summary>The key that says which claim tells one person from another.</summary>
    internal const string Username = "username";

    private const int MaxAcr = 256;

    /// <summary>Each of these is called as its type, so that there is one of each.</summary>
    private static readonly string[] Social =
    [
        IdentityProviderTypeType.Facebook, IdentityProviderTypeType.Google,
        IdentityProviderTypeType.LoginWithAmazon, IdentityProviderTypeType.SignInWithApple,
    ];

    /// <summary>Refuses a name that another type has, or the pool's own users.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void CheckName(string name, string type)
    {
        var isOther = Social.Contains(type) ? name != type : Social.Contains(name);
        // COGNITO at clients and Cognito in links stand for users of the pool.
        if (isOther || name.Equals(LinkRules.OwnUsers, StringComparison.OrdinalIgnoreCase))
            throw FederationRefusals.WrongType(name, type);
    }

    /// <summary>The mapping as it is kept: the claim that names a person is in it wherever the type fixes or
    /// presumes one (doc).</summary>
    /// <exception cref="ApiException">InvalidParameterException: the pool has no such attribute, or it is the
    /// server's own.</exception>
    public static IReadOnlyDictionary<string, string>? Mapping(
        string type, IReadOnlyDictionary<string, string>? given, UserPool pool)
    {
        var schema = AttributeSchema.Of(pool);
        var mapping = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, claim) in given ?? new Dictionary<string, string>())
        {
            var isOwn = name is AttributeNames.Sub or AttributeNames.Identities;
            if (name != Username && (isOwn || !schema.Has(name)))
                throw FederationRefusals.UnknownAttribute(name);
            if (string.IsNullOrWhiteSpace(claim)) throw FederationRefusals.EmptyMapping(name);
            mapping.Add(name, claim);
        }

        switch (type)
        {
            case IdentityProviderTypeType.Facebook:
                mapping[Username] = "id";
                break;
            case IdentityProviderTypeType.LoginWithAmazon:
                mapping[Username] = "user_id";
                break;
            case IdentityProviderTypeType.Google or IdentityProviderTypeType.SignInWithApple:
                mapping[Username] = "sub";
                break;
            case IdentityProviderTypeType.Oidc:
                mapping.TryAdd(Username, "sub");
                break;
        }

        return mapping.Count > 0 ? mapping : null;
    }

    /// <summary>The provider's names for the pool's levels of authentication.</summary>
    /// <exception cref="ApiException">InvalidParameterException: not OIDC (doc), no such level, or no
    /// name.</exception>
    public static IReadOnlyDictionary<string, string>? Acr(
        string type, IReadOnlyDictionary<string, string>? given)
    {
        if (given is not { Count: > 0 }) return null;
        if (type != IdentityProviderTypeType.Oidc)
            throw FederationRefusals.AcrMapping("only OIDC providers support it.");
        foreach (var (level, name) in given)
        {
            if (level is not ("Level1" or "Level2" or "Level3" or "Level4"))
                throw FederationRefusals.AcrMapping("levels are Level1 to Level4.");
            if (name.Length > MaxAcr || string.IsNullOrWhiteSpace(name) || name.Any(char.IsWhiteSpace))
                throw FederationRefusals.AcrMapping($"the value of {level} must be one word.");
        }

        return new SortedDictionary<string, string>(
            given.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal);
    }

    /// <summary>Each identifier once.</summary>
    public static IReadOnlyList<string>? Identifiers(IReadOnlyList<string>? given) =>
        given is { Count: > 0 } ? [.. given.Distinct()] : null;

    /// <summary>The pool as its first identity provider leaves it: its users have identities from then on
    /// (doc). Null where that is so already.</summary>
    public static UserPool? WithIdentities(UserPool pool)
    {
        var schema = (pool.Settings.SchemaAttributes ?? []).ToList();
        if (schema.Exists(attribute => attribute.Name == AttributeNames.Identities)) return null;
        schema.Insert(Math.Min(SchemaStandards.All.Count, schema.Count), SchemaStandards.Identities);
        return pool with { Settings = pool.Settings with { SchemaAttributes = schema } };
    }
}
