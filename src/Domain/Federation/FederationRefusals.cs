using Lifeguard.Contract;

namespace Lifeguard.Domain.Federation;

/// <summary>
/// What is refused about identity providers and linked identities. Texts without a note were observed; "own
/// words" marks those of which only the type is known.
/// </summary>
public static class FederationRefusals
{
    /// <summary>Characters of an address that a provider is configured with.</summary>
    public const int MaxAddress = 2048;

    public static ApiException NotFound(string name) =>
        new(Errors.ResourceNotFoundException, $"Identity provider {name} does not exist.");

    /// <summary>Own words.</summary>
    public static ApiException NoIdentifier(string identifier) => new(
        Errors.ResourceNotFoundException, $"No identity provider has the identifier {identifier}.");

    /// <summary>Own words.</summary>
    public static ApiException Exists(string name) =>
        new(Errors.DuplicateProviderException, $"A provider with the name {name} already exists.");

    /// <summary>Own words.</summary>
    public static ApiException DuplicateIdentifier(string identifier) =>
        new(Errors.DuplicateProviderException, IdentifierTaken(identifier));

    /// <summary>Own words; an update declares no other type.</summary>
    public static ApiException IdentifierOfAnother(string identifier) =>
        Reject.InvalidParameter(IdentifierTaken(identifier));

    public static ApiException WrongType(string name, string type) =>
        Reject.InvalidParameter($"Provider {name} cannot be of type {type}.");

    /// <summary>Own words.</summary>
    public static ApiException TooManyDetails(int limit) =>
        Reject.InvalidParameter($"ProviderDetails can have {limit} keys.");

    public static ApiException SocialDetailsMissing() => Reject.InvalidParameter(
        "clientId, clientSecret and authorizeScopes are all required idp details.");

    public static ApiException AppleDetailsMissing() => Reject.InvalidParameter(
        "clientId, privateKey, teamId, and keyId are all required idp details.");

    /// <summary>Own words.</summary>
    public static ApiException AppleKey() => Reject.InvalidParameter(
        "private_key must be an EC private key of the curve P-256, in PKCS #8 as Apple gives it.");

    public static ApiException OidcDetailsMissing() => Reject.InvalidParameter(
        "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.");

    public static ApiException PlainOidc() =>
        Reject.InvalidParameter("OIDC endpoint must start with https://");

    /// <summary>The end of it was observed.</summary>
    public static ApiException AttributesMethod(string method) => Reject.InvalidParameter(
        $"1 validation error detected: Value '{method}' at 'attributesRequestMethod' failed to satisfy "
        + "constraint: Member must satisfy enum value set: [POST, GET]");

    /// <summary>Own words.</summary>
    public static ApiException ApiVersion() =>
        Reject.InvalidParameter("api_version must look like v17.0.");

    /// <summary>Own words.</summary>
    public static ApiException IssuerIsNoAddress() =>
        Reject.InvalidParameter("oidc_issuer must not have a query or fragment.");

    /// <summary>Own words.</summary>
    public static ApiException NoOpenId() =>
        Reject.InvalidParameter("authorize_scopes of an OIDC provider must contain openid.");

    /// <summary>Own words.</summary>
    public static ApiException NoAddress(string text) =>
        Reject.InvalidParameter($"{text} is not a URL of an OIDC endpoint.");

    /// <summary>Own words.</summary>
    public static ApiException NotDiscovered() => Reject.InvalidParameter(
        "Unable to discover the endpoints of oidc_issuer; "
        + "authorize_url, token_url and jwks_uri are required.");

    /// <summary>Own words.</summary>
    public static ApiException OtherIssuer() => Reject.InvalidParameter(
        "The discovery document of oidc_issuer names another issuer.");

    public static ApiException NoMetadata() => Reject.InvalidParameter(
        "At least one of the MetadataURL or MetadataFile should be provided.");

    public static ApiException TwoMetadata() => Reject.InvalidParameter(
        "Only one of the MetadataURL or MetadataFile should be provided.");

    /// <summary>Own words.</summary>
    public static ApiException MetadataAddress() =>
        Reject.InvalidParameter("MetadataURL must be a URL that starts with https://");

    /// <summary>Own words.</summary>
    public static ApiException MetadataNotRead() =>
        Reject.InvalidParameter("Unable to read the SAML metadata at MetadataURL.");

    /// <summary>Own words.</summary>
    public static ApiException Metadata(string reason) =>
        Reject.InvalidParameter($"Invalid SAML metadata: {reason}");

    /// <summary>Own words.</summary>
    public static ApiException NoSwitch(string name) =>
        Reject.InvalidParameter($"{name} must be true or false.");

    /// <summary>Own words.</summary>
    public static ApiException RequestSigning() =>
        Reject.InvalidParameter("RequestSigningAlgorithm must be rsa-sha256.");

    /// <summary>Own words.</summary>
    public static ApiException UnknownAttribute(string name) => Reject.InvalidParameter(
        $"Invalid attribute mapping: {name} is not an attribute of the user pool that can be mapped.");

    /// <summary>Own words.</summary>
    public static ApiException EmptyMapping(string name) =>
        Reject.InvalidParameter($"Invalid attribute mapping: {name} has no value.");

    /// <summary>Own words.</summary>
    public static ApiException AcrMapping(string reason) =>
        Reject.InvalidParameter($"Invalid AcrMapping: {reason}");

    /// <summary>Own words.</summary>
    public static ApiException IdentityIncomplete(string member, string part) =>
        Reject.InvalidParameter($"Invalid {member}: {part} is required.");

    /// <summary>Own words.</summary>
    public static ApiException IdentityTooLong(string member, int limit) => Reject.InvalidParameter(
        $"Invalid {member}: ProviderAttributeValue can have {limit} characters, and none for control.");

    /// <summary>Own words.</summary>
    public static ApiException IdentityAttribute(string member, string name) => Reject.InvalidParameter(
        $"Invalid {member}: ProviderAttributeName must be {name}.");

    public static ApiException OwnUserAsSource() => Reject.InvalidParameter(
        "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, "
        + "only as a DestinationUser");

    public static ApiException AlreadySignedUp() => Reject.InvalidParameter(
        "Merging is not currently supported, provide a SourceUser that has not been signed up in order "
        + "to link");

    public static ApiException AlreadyLinked() =>
        Reject.InvalidParameter("SourceUser is already linked to DestinationUser");

    /// <summary>Own words.</summary>
    public static ApiException LinkedToAnother() => new(
        Errors.AliasExistsException, "SourceUser is already linked to another user.");

    /// <summary>Own words.</summary>
    public static ApiException TooManyIdentities(int limit) => new(
        Errors.LimitExceededException, $"A user can be linked to {limit} federated identities.");

    private static string IdentifierTaken(string identifier) =>
        $"Another identity provider has the identifier {identifier}.";
}
