using System.Text.Json;

namespace Lifeguard.Protocol.WebAuthn;

/// <summary>A new key, as a browser hands it over (<c>RegistrationResponseJSON</c>, WebAuthn §5.1.8).
/// Nothing of it is checked yet.</summary>
public sealed record RegistrationAnswer
{
    private const int MaxTransports = 10;
    private const int MaxTransportLength = 20;

    private RegistrationAnswer()
    {
    }

    public required byte[] Id { get; init; }

    public required byte[] ClientDataJson { get; init; }

    public required byte[] AttestationObject { get; init; }

    /// <summary>How the authenticator can be reached: <c>usb</c>, <c>internal</c> and so on,
    /// sorted.</summary>
    public required IReadOnlyList<string> Transports { get; init; }

    /// <summary><c>platform</c> or <c>cross-platform</c>; null where the browser does not say.</summary>
    public required string? Attachment { get; init; }

    /// <summary>The challenge that it says it answers; not to be believed before the check.</summary>
    /// <exception cref="WebAuthnException">Malformed.</exception>
    public byte[] ReadChallenge() => ClientData.Parse(ClientDataJson).Challenge;

    /// <exception cref="WebAuthnException">Malformed.</exception>
    public static RegistrationAnswer Read(JsonElement credential) => CredentialJson.Read(credential, From);

    private static RegistrationAnswer From(JsonElement credential)
    {
        var response = CredentialJson.Response(credential);
        return new()
        {
            Id = CredentialJson.Id(credential),
            ClientDataJson = CredentialJson.Bytes(response, "clientDataJSON", ClientData.MaxLength),
            AttestationObject = CredentialJson.Bytes(
                response, "attestationObject", WebAuthn.AttestationObject.MaxLength),
            Transports = TransportsOf(response),
            Attachment = CredentialJson.OptionalText(credential, "authenticatorAttachment") switch
            {
                "platform" => "platform",
                "cross-platform" => "cross-platform",
                // Unknown values count as none (WebAuthn §5.4.5).
                _ => null,
            },
        };
    }

    /// <summary>Values that are not known are kept, as WebAuthn §5.8.4 asks; only how many and how long they
    /// are is bounded.</summary>
    private static IReadOnlyList<string> TransportsOf(JsonElement response)
    {
        if (!response.TryGetProperty("transports", out var given) || given.ValueKind == JsonValueKind.Null)
            return [];
        if (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() > MaxTransports)
            throw WebAuthnException.Malformed();
        var transports = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var each in given.EnumerateArray())
        {
            transports.Add(each.ValueKind == JsonValueKind.String && IsTransport(each.GetString()!)
                ? each.GetString()!
                : throw WebAuthnException.Malformed());
        }

        return [.. transports];
    }

    private static bool IsTransport(string text) =>
        text.Length is >= 1 and <= MaxTransportLength
        && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)
            || character == '-');
}
