using Lifeguard.Contract;

namespace Lifeguard.Domain.Federation;

/// <summary>Somebody else whom a pool believes who a user is. What can be set is kept in the service's own
/// shape.</summary>
public sealed record IdentityProvider
{
    /// <summary>Identity providers in one pool (doc).</summary>
    public const int MaxProviders = 300;

    public required string PoolId { get; init; }

    /// <summary>Never shown. Linked identities hang on it and not on the name, which somebody else may have
    /// later.</summary>
    public required string Id { get; init; }

    /// <summary>Unique in the pool; never changes.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="IdentityProviderTypeType"/>; never changes.</summary>
    public required string Type { get; init; }

    /// <summary>Details with all secrets, mappings and identifiers.</summary>
    public required IdentityProviderType Settings { get; init; }

    /// <summary>Who speaks: the entity id, or the OIDC issuer; empty where the type says it.</summary>
    public required string Issuer { get; init; }

    /// <summary>With which a SAML provider signs, in base64; empty for other types.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Rises with every stored change; guards against lost updates.</summary>
    public long Version { get; init; }

    public bool IsSaml => Type == IdentityProviderTypeType.Saml;

    /// <summary>Neither SAML nor OIDC in general, but one of the four that everybody knows.</summary>
    public bool IsSocial => !IsSaml && Type != IdentityProviderTypeType.Oidc;

    public IReadOnlyDictionary<string, string> Details => Settings.ProviderDetails!;

    /// <summary>Its assertions are encrypted to a certificate of the pool.</summary>
    public bool Encrypts => Details.GetValueOrDefault(DetailNames.EncryptedResponses) == "true";

    /// <summary>People may come from it who have not been sent there.</summary>
    public bool BeginsSignIns => Details.GetValueOrDefault(DetailNames.BeginsSignIns) == "true";

    /// <summary>Who signs out of the pool is to be signed out there as well.</summary>
    public bool SignsOut => Details.GetValueOrDefault(DetailNames.SignsOut) == "true";

    /// <summary>It wants requests to be signed.</summary>
    public bool WantsSignedRequests => Details.ContainsKey(DetailNames.RequestSigning);

    /// <summary>Where a SAML provider takes requests to sign in.</summary>
    public string SamlSignInAddress => Details[DetailNames.SignInAddress];

    /// <summary>Where a SAML provider takes requests to sign out; null for nowhere.</summary>
    public string? SamlSignOutAddress => Details.GetValueOrDefault(DetailNames.SignOutAddress);

    /// <summary>What it says of itself is to be read at an address of its own.</summary>
    public bool PublishesMetadata => Details.ContainsKey(DetailNames.MetadataUrl);

    /// <summary>The issuer as linked identities tell it: that of SAML alone (doc).</summary>
    public string? ToldIssuer => IsSaml ? Issuer : null;

    /// <summary>The provider as answers show it: client secrets in clear, Apple's key not at all
    /// (doc).</summary>
    /// <param name="encryption">The certificate to encrypt to, in base64; null for none.</param>
    public IdentityProviderType Describe(string? encryption)
    {
        var details = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Details)
            if (name != DetailNames.PrivateKey) details.Add(name, value);
        if (encryption is not null) details[DetailNames.ActiveEncryptionCertificate] = encryption;
        return Settings with
        {
            UserPoolId = PoolId,
            ProviderName = Name,
            ProviderType = Type,
            ProviderDetails = details,
            CreationDate = CreatedAt,
            LastModifiedDate = ModifiedAt,
        };
    }

    /// <summary>Never prints its members: they hold secrets.</summary>
    public override string ToString() => $"IdentityProvider {Name} of {PoolId}";
}
