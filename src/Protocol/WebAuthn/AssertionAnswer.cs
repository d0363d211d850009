using System.Text;
using System.Text.Json;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>The proof that somebody has a key, as a browser hands it over (<c>AuthenticationResponseJSON</c>,
/// WebAuthn §5.1.8). Nothing of it is checked yet.</summary>
public sealed record AssertionAnswer
{
    private const int MaxSignature = 1024;
    private const int MaxUserHandle = 64;

    private AssertionAnswer()
    {
    }

    public required byte[] Id { get; init; }

    public required byte[] ClientDataJson { get; init; }

    public required byte[] AuthenticatorData { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>Whose key it is, as the authenticator has stored it; null where it says nothing.</summary>
    public required byte[]? UserHandle { get; init; }

    /// <exception cref="WebAuthnException">Malformed.</exception>
    public static AssertionAnswer Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(
                Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = 16 });
            return CredentialJson.Read(document.RootElement, From);
        }
        catch (JsonException)
        {
            throw WebAuthnException.Malformed();
        }
    }

    private static AssertionAnswer From(JsonElement credential)
    {
        var response = CredentialJson.Response(credential);
        return new()
        {
            Id = CredentialJson.Id(credential),
            ClientDataJson = CredentialJson.Bytes(response, "clientDataJSON", ClientData.MaxLength),
            AuthenticatorData = CredentialJson.Bytes(
                response, "authenticatorData", WebAuthn.AuthenticatorData.MaxLength),
            Signature = CredentialJson.Bytes(response, "signature", MaxSignature),
            UserHandle = CredentialJson.OptionalBytes(response, "userHandle", MaxUserHandle),
        };
    }
}
