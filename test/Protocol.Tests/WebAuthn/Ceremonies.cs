using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Protocol.WebAuthn;
using Lifeguard.Worlds.Passkeys;

namespace Lifeguard.Protocol.Tests.WebAuthn;

/// <summary>Both ceremonies between a relying party and an authenticator in software.</summary>
internal static class Ceremonies
{
    public static readonly RelyingParty Party = new("example.org");

    public static readonly byte[] Challenge = [.. Enumerable.Range(1, 32).Select(each => (byte)each)];

    public static readonly byte[] UserHandle = "3fb1c7a0-0000-4000-8000-000000000001"u8.ToArray();

    public static Ceremony Expected(bool verified = false) => new(Party, Challenge, verified);

    public static JsonObject CreateOptions() => new()
    {
        ["challenge"] = Base64Url.EncodeToString(Challenge),
        ["rp"] = new JsonObject { ["id"] = Party.Id },
        ["user"] = new JsonObject { ["id"] = Base64Url.EncodeToString(UserHandle) },
    };

    public static JsonObject GetOptions() => new()
    {
        ["challenge"] = Base64Url.EncodeToString(Challenge),
        ["rpId"] = Party.Id,
    };

    public static RegisteredKey Register(
        SoftwareAuthenticator authenticator, bool verified = false, params int[] offered) =>
        Register(authenticator.Create(CreateOptions()), verified, offered);

    public static RegisteredKey Register(JsonNode credential, bool verified = false, params int[] offered)
    {
        using var document = JsonDocument.Parse(credential.ToJsonString());
        return RegistrationCeremony.Verify(
            RegistrationAnswer.Read(document.RootElement),
            Expected(verified),
            offered.Length > 0 ? offered : CoseAlgorithm.Known);
    }

    public static StoredKey Stored(RegisteredKey key, uint? count = null) =>
        new(key.Id, key.PublicKey, count ?? key.SignCount, key.IsBackupEligible, UserHandle);

    public static KeyProof Prove(
        SoftwareAuthenticator authenticator, StoredKey stored, bool verified = false) =>
        Prove(authenticator.Get(GetOptions()), stored, verified);

    public static KeyProof Prove(JsonNode credential, StoredKey stored, bool verified = false) =>
        AssertionCeremony.Verify(AssertionAnswer.Read(credential.ToJsonString()), Expected(verified), stored);

    /// <summary>Why the ceremony was refused; null where it was not.</summary>
    public static WebAuthnFailure? FailureOf(Action ceremony)
    {
        try
        {
            ceremony();
            return null;
        }
        catch (WebAuthnException refusal)
        {
            return refusal.Failure;
        }
    }
}
