using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>Where a document that users of an app client agree to is found: its terms of use, or its privacy
/// policy.</summary>
public sealed record TermsDocument
{
    public required string PoolId { get; init; }

    public required string Id { get; init; }

    public required string ClientId { get; init; }

    /// <summary><c>terms-of-use</c> or <c>privacy-policy</c>; a client has one of each.</summary>
    public required string Name { get; init; }

    /// <summary>The service knows one value.</summary>
    public required string Source { get; init; }

    /// <summary>The service knows one value.</summary>
    public required string Enforcement { get; init; }

    /// <summary>Addresses by language; <see cref="TermsRules.DefaultLanguage"/> is among them.</summary>
    public required IReadOnlyDictionary<string, string> Links { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Rises with every stored change; guards against lost updates.</summary>
    public long Version { get; init; }

    public TermsType Describe() => new()
    {
        TermsId = Id,
        UserPoolId = PoolId,
        ClientId = ClientId,
        TermsName = Name,
        TermsSource = Source,
        Enforcement = Enforcement,
        Links = Links,
        CreationDate = CreatedAt,
        LastModifiedDate = ModifiedAt,
    };
}
