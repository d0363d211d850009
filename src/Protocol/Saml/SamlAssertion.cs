namespace Lifeguard.Protocol.Saml;

/// <summary>What a provider says of somebody who has signed in there, verified.</summary>
/// <param name="Id">The assertion's own; whoever shows one a second time has stolen it.</param>
/// <param name="ExpiresAt">From here on the assertion is not taken, so its id may be forgotten.</param>
/// <param name="SessionIndex">The provider's name for the session; null for none.</param>
/// <param name="Attributes">Each name once, in the order of the assertion.</param>
public sealed record SamlAssertion(
    string Id,
    DateTimeOffset ExpiresAt,
    SamlName Subject,
    string? SessionIndex,
    IReadOnlyList<SamlAttribute> Attributes)
{
    /// <summary>Never prints its members: they tell of a person.</summary>
    public override string ToString() => nameof(SamlAssertion);
}

/// <summary>Who somebody is at a provider (saml-core §2.2.3).</summary>
/// <param name="Value">Letter for letter; never empty.</param>
public sealed record SamlName(string Value, string? Format, string? NameQualifier, string? ForQualifier)
{
    /// <summary>Never prints its members: they tell of a person.</summary>
    public override string ToString() => nameof(SamlName);
}

/// <summary>An attribute with its values, of which there is at least one.</summary>
public sealed record SamlAttribute(string Name, IReadOnlyList<string> Values)
{
    /// <summary>Never prints its members: they tell of a person.</summary>
    public override string ToString() => nameof(SamlAttribute);
}
