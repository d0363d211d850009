namespace Lifeguard.Protocol.Saml;

/// <summary>What a provider's message has to be, so that it is believed.</summary>
public sealed record SamlExpectation
{
    /// <summary>The entity id of the provider.</summary>
    public required string Issuer { get; init; }

    /// <summary>With which the provider signs: X.509 in base64.</summary>
    public required IReadOnlyList<string> Certificates { get; init; }

    /// <summary>The entity id of the service provider.</summary>
    public required string ServiceProvider { get; init; }

    /// <summary>Where the message has come to.</summary>
    public required string Address { get; init; }

    /// <summary>The request that it has to answer; null where nothing was asked, and then it may answer
    /// nothing.</summary>
    public required string? RequestId { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The keys that assertions have to be encrypted to, PKCS #8; null where they may not be
    /// encrypted.</summary>
    public IReadOnlyList<byte[]>? DecryptionKeys { get; init; }

    /// <summary>Never prints its members: there are keys among them.</summary>
    public override string ToString() => nameof(SamlExpectation);
}
