using Lifeguard.Contract;

namespace Lifeguard.Domain.Pools;

/// <summary>
/// Which settings an update leaves as they are where the request leaves them out. All others go back to their
/// defaults (doc; tags, e-mail verification and the attributes to verify also observed).
/// </summary>
public static class UpdateRules
{
    /// <summary>The request laid over the stored settings; what it leaves out and does not keep is
    /// null.</summary>
    public static UserPoolType Over(UserPoolType stored, UserPoolType given) => given with
    {
        // No member of the request (doc).
        SchemaAttributes = stored.SchemaAttributes,
        AliasAttributes = stored.AliasAttributes,
        UsernameAttributes = stored.UsernameAttributes,
        UsernameConfiguration = stored.UsernameConfiguration,
        Domain = stored.Domain,
        CustomDomain = stored.CustomDomain,
        // Kept by their own documentation; a pool cannot be without a name (inferred).
        UserPoolTier = given.UserPoolTier ?? stored.UserPoolTier,
        DcrConfiguration = given.DcrConfiguration ?? stored.DcrConfiguration,
        Name = given.Name ?? stored.Name,
        // Kept in spite of the documentation (observed: 2026-09).
        UserAttributeUpdateSettings = given.UserAttributeUpdateSettings ?? stored.UserAttributeUpdateSettings,
        // Inferred: clients older than these members would otherwise change a pool's key, and the issuer of
        // its tokens, with every update.
        KeyConfiguration = given.KeyConfiguration ?? stored.KeyConfiguration,
        IssuerConfiguration = given.IssuerConfiguration ?? stored.IssuerConfiguration,
    };
}
