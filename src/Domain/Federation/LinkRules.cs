using Lifeguard.Contract;

namespace Lifeguard.Domain.Federation;

/// <summary>Which identities may be linked to which users, and what becomes of the users.</summary>
public static class LinkRules
{
    /// <summary>Stands for the pool's own users where an identity provider is named (doc).</summary>
    public const string OwnUsers = "Cognito";

    /// <summary>Stands for the claim by which a provider tells one person from another (doc).</summary>
    public const string Subject = "Cognito_Subject";

    /// <summary>Identities linked to one user (doc).</summary>
    public const int MaxIdentities = 5;

    /// <summary>Code units of what a person is called at a provider: as many as an attribute has.</summary>
    private const int MaxValue = 2048;

    /// <summary>Refuses an identity that is told by halves.</summary>
    /// <param name="member">Of the request, for the message.</param>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void CheckNamed(ProviderUserIdentifierType given, string member)
    {
        if (given.ProviderName is null)
            throw FederationRefusals.IdentityIncomplete(member, nameof(given.ProviderName));
        if (given.ProviderAttributeValue is not { Length: > 0 } value)
            throw FederationRefusals.IdentityIncomplete(member, nameof(given.ProviderAttributeValue));
        if (!IsValue(value))
            throw FederationRefusals.IdentityTooLong(member, MaxValue);
    }

    /// <summary>May a person be called so at a provider?</summary>
    public static bool IsValue(string text) =>
        text.Length is > 0 and <= MaxValue && !text.Any(char.IsControl);

    /// <summary>By which attribute of the provider's an identity is told: the subject, or with SAML and OIDC
    /// one that the mapping fills (doc).</summary>
    /// <param name="member">Of the request, for the message.</param>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static string Attribute(
        IdentityProvider provider, ProviderUserIdentifierType given, string member)
    {
        if (given.ProviderAttributeName is not { Length: > 0 } name)
            throw FederationRefusals.IdentityIncomplete(member, nameof(given.ProviderAttributeName));
        if (name == Subject) return name;
        if (provider.IsSocial) throw FederationRefusals.IdentityAttribute(member, Subject);
        return provider.Settings.AttributeMapping?.ContainsKey(name) == true
            ? name
            : throw FederationRefusals.IdentityAttribute(
                member, $"{Subject} or an attribute that {provider.Name} maps");
    }

    /// <summary>The user with one more identity.</summary>
    /// <exception cref="ApiException">InvalidParameterException: the user has an attribute that no sign-in
    /// could change; LimitExceededException.</exception>
    public static User Link(User user, UserPool pool, LinkedIdentity identity)
    {
        var immutable = (pool.Settings.SchemaAttributes ?? [])
            .Where(attribute => attribute.Mutable == false && user.Attributes.Has(attribute.Name!))
            .Select(attribute => $"user.{attribute.Name}: Attribute cannot be updated.\n");
        var broken = string.Concat(immutable);
        if (broken.Length > 0) throw Reject.InvalidParameter(broken);
        var linked = LinkedIdentity.Read(user.Attributes[AttributeNames.Identities]);
        if (linked.Count >= MaxIdentities) throw FederationRefusals.TooManyIdentities(MaxIdentities);
        return With(user, [.. linked, identity], identity.LinkedAt);
    }

    /// <summary>The user without an identity.</summary>
    public static User Unlink(User user, string providerName, string userId, DateTimeOffset now)
    {
        var linked = LinkedIdentity.Read(user.Attributes[AttributeNames.Identities]).ToList();
        var index = linked.FindIndex(one => one.ProviderName == providerName && one.UserId == userId);
        if (index >= 0) linked.RemoveAt(index);
        return With(user, linked, now);
    }

    /// <summary>The user whose identity is known by its subject from now on, instead of by an
    /// attribute.</summary>
    public static User Identified(
        User user, string providerName, string value, string subject, DateTimeOffset now) => With(
        user,
        [
            .. LinkedIdentity.Read(user.Attributes[AttributeNames.Identities]).Select(one =>
                (one.ProviderName, one.UserId) == (providerName, value)
                    ? one with { UserId = subject }
                    : one),
        ],
        now);

    /// <summary>The user without a password, for whom none can be set but by an administrator: with the old
    /// status ForgotPassword would bring the password back.</summary>
    public static User Disable(User user, DateTimeOffset now) => user with
    {
        Password = null,
        PasswordHistory = [],
        Status = UserStatusType.ExternalProvider,
        ModifiedAt = now,
    };

    private static User With(User user, List<LinkedIdentity> linked, DateTimeOffset now) => user with
    {
        Attributes = linked.Count > 0
            ? user.Attributes.With(AttributeNames.Identities, LinkedIdentity.Text(linked))
            : user.Attributes.Without(AttributeNames.Identities),
        ModifiedAt = now,
    };
}
