namespace Lifeguard.Domain.Federation;

/// <summary>Keys of a provider's details that rules hang on.</summary>
internal static class DetailNames
{
    public const string ClientId = "client_id";
    public const string ClientSecret = "client_secret";
    public const string Scopes = "authorize_scopes";
    public const string Issuer = "oidc_issuer";
    public const string AttributesMethod = "attributes_request_method";
    public const string AttributesUrl = "attributes_url";
    public const string AddsAttributes = "attributes_url_add_attributes";
    public const string AuthorizeUrl = "authorize_url";
    public const string TokenUrl = "token_url";
    public const string TokenMethod = "token_request_method";
    public const string KeysUrl = "jwks_uri";
    public const string ApiVersion = "api_version";
    public const string TeamId = "team_id";
    public const string KeyId = "key_id";
    public const string PrivateKey = "private_key";
    public const string MetadataUrl = "MetadataURL";
    public const string MetadataFile = "MetadataFile";
    public const string SignsOut = "IDPSignout";
    public const string BeginsSignIns = "IDPInit";
    public const string EncryptedResponses = "EncryptedResponses";
    public const string RequestSigning = "RequestSigningAlgorithm";
    public const string SignInAddress = "SSORedirectBindingURI";
    public const string SignOutAddress = "SLORedirectBindingURI";
    public const string ActiveEncryptionCertificate = "ActiveEncryptionCertificate";
}
