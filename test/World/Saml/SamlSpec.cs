namespace Lifeguard.Worlds.Saml;

/// <summary>What a provider in a test says. By default all is as it should be.</summary>
public sealed record SamlSpec
{
    public const string DefaultAddress = "https://planets.example/saml2/idpresponse";
    public const string DefaultAudience = "urn:amazon:cognito:sp:us-east-1_Planets00";

    public DateTimeOffset Now { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Null for the provider's own.</summary>
    public string? Issuer { get; init; }

    public string Audience { get; init; } = DefaultAudience;

    /// <summary>Where the answer goes.</summary>
    public string Address { get; init; } = DefaultAddress;

    /// <summary>What it answers; null for nothing.</summary>
    public string? RequestId { get; init; } = "_request";

    public string ResponseId { get; init; } = "_response";

    public string AssertionId { get; init; } = "_assertion";

    public string NameId { get; init; } = "Ana.Planet";

    public string NameFormat { get; init; } = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

    public string? SessionIndex { get; init; } = "_session";

    public IReadOnlyList<(string Name, string[] Values)> Attributes { get; init; } =
        [("mail", ["ana@planets.example"])];

    /// <summary>The last part of the status, such as <c>Success</c>.</summary>
    public string Status { get; init; } = "Success";

    public string? SecondStatus { get; init; }

    public bool SignsAssertion { get; init; } = true;

    public bool SignsResponse { get; init; }

    public SamlSigning Signing { get; init; } = new();

    /// <summary>Null where the assertion is not encrypted.</summary>
    public SamlEncryption? Encryption { get; init; }

    /// <summary>Changes the assertion before it is signed; the text has to stay canonical.</summary>
    public Func<string, string> Assertion { get; init; } = text => text;

    /// <summary>Changes the response before it is signed; the text has to stay canonical.</summary>
    public Func<string, string> Response { get; init; } = text => text;
}

/// <summary>How a provider in a test signs.</summary>
public sealed record SamlSigning
{
    public string Algorithm { get; init; } = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    public string Digest { get; init; } = "http://www.w3.org/2001/04/xmlenc#sha256";

    /// <summary>Null for the id of the element.</summary>
    public string? Reference { get; init; }

    /// <summary>What goes between the transforms' tags; null for the usual two.</summary>
    public string? Transforms { get; init; }

    /// <summary>An element in the signature, after the value; none by default.</summary>
    public string KeyInfo { get; init; } = "";

    /// <summary>Changes what is signed, the digest in it included; has to stay canonical.</summary>
    public Func<string, string> SignedInfo { get; init; } = text => text;
}

/// <summary>How a provider in a test encrypts.</summary>
/// <param name="Certificate">Of whom it is for, in base64.</param>
public sealed record SamlEncryption(string Certificate)
{
    public string Content { get; init; } = "http://www.w3.org/2009/xmlenc11#aes256-gcm";

    /// <summary>What goes between the tags of the key's EncryptionMethod, and its algorithm.</summary>
    public string Key { get; init; } = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";

    public string KeyParameters { get; init; } = "";

    /// <summary>The key stands beside the data instead of in it.</summary>
    public bool IsKeyBeside { get; init; }
}
