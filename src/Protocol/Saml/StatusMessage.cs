using Lifeguard.Protocol.Saml.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>What all answers of a provider have in common (saml-core §3.2.2).</summary>
internal static class StatusMessage
{
    public const string Success = "Success";

    /// <summary>Those of saml-core §3.2.2.2: any other text may be anybody's.</summary>
    private static readonly HashSet<string> Known =
    [
        Success, "Requester", "Responder", "VersionMismatch", "AuthnFailed", "InvalidAttrNameOrValue",
        "InvalidNameIDPolicy", "NoAuthnContext", "NoAvailableIDP", "NoPassive", "NoSupportedIDP",
        "PartialLogout", "ProxyCountExceeded", "RequestDenied", "RequestUnsupported",
        "RequestVersionDeprecated", "RequestVersionTooHigh", "RequestVersionTooLow", "ResourceNotRecognized",
        "TooManyResponses", "UnknownAttrProfile", "UnknownPrincipal", "UnsupportedBinding",
    ];

    /// <summary>Refuses an answer of somebody else, to somebody else, or to something else.</summary>
    /// <exception cref="SamlException">Malformed, OtherDestination, OtherRequest, OtherIssuer.</exception>
    public static void Check(TreeElement message, string name, SamlExpectation expected)
    {
        if (!message.Is(SamlNames.Protocol, name) || message.Attribute("Version") != SamlNames.Version)
            throw SamlException.Malformed();
        if (message.Attribute("Destination") is { Length: > 0 } address && address != expected.Address)
            throw new SamlException(SamlFailure.OtherDestination);
        // Whether one has to be there, those decide who know what is signed.
        if (message.Attribute("InResponseTo") is { } request && request != expected.RequestId)
            throw new SamlException(SamlFailure.OtherRequest);
        if (message.Optional(SamlNames.Assertion, "Issuer") is { } issuer) CheckIssuer(issuer, expected);
    }

    /// <exception cref="SamlException">OtherIssuer.</exception>
    public static void CheckIssuer(TreeElement issuer, SamlExpectation expected)
    {
        if (issuer.Text.Trim() != expected.Issuer) throw new SamlException(SamlFailure.OtherIssuer);
    }

    /// <summary>The two words of the status; null for words of the provider's own.</summary>
    /// <exception cref="SamlException">Malformed: there is none.</exception>
    public static (string? First, string? Second) StatusOf(TreeElement message)
    {
        var first = message.Required(SamlNames.Protocol, "Status").Required(SamlNames.Protocol, "StatusCode");
        return (Word(first), Word(first.Optional(SamlNames.Protocol, "StatusCode")));
    }

    private static string? Word(TreeElement? code)
    {
        if (code?.Attribute("Value") is not { } value) return null;
        return value.StartsWith(SamlNames.Status, StringComparison.Ordinal)
            && Known.TryGetValue(value[SamlNames.Status.Length..], out var word)
                ? word
                : null;
    }
}
