using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Lifeguard.Worlds.Passkeys;

/// <summary>
/// An authenticator with one passkey, and the browser in front of it, in software. Each part of an answer can
/// be altered before it is signed, so that a test can break one rule and no other.
/// </summary>
public sealed class SoftwareAuthenticator(PasskeyKey key, string? credentialId = null)
{
    private const int Present = 0x01;
    private const int Verified = 0x04;
    private const int Eligible = 0x08;
    private const int Copied = 0x10;
    private const int Attested = 0x40;
    private const int Extended = 0x80;

    public SoftwareAuthenticator()
        : this(PasskeyKey.Es256())
    {
    }

    /// <summary>Of the page that asks.</summary>
    public string Origin { get; set; } = "https://example.org";

    public byte[] Id { get; set; } =
        SHA256.HashData(Encoding.UTF8.GetBytes(credentialId ?? Guid.NewGuid().ToString()));

    public Guid Aaguid { get; set; } = Guid.Parse("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4");

    public PasskeyStatement Statement { get; set; } = PasskeyStatement.None;

    public bool IsUserPresent { get; set; } = true;

    public bool IsUserVerified { get; set; } = true;

    /// <summary>The key may be copied, and is.</summary>
    public bool IsSynced { get; set; } = true;

    /// <summary>Whether it counts its uses; passkeys of phones do not.</summary>
    public bool Counts { get; set; }

    public uint SignCount { get; set; }

    public bool SaysWhose { get; set; } = true;

    public byte[] UserHandle { get; set; } = [];

    /// <summary>A map of extension outputs in CBOR; null for none.</summary>
    public byte[]? Extensions { get; set; }

    public string[] Transports { get; set; } = ["internal"];

    public string? Attachment { get; set; } = "platform";

    /// <summary>What a test alters of the client data, before they are signed.</summary>
    public Action<JsonObject>? AlterClientData { get; set; }

    /// <summary>What a test alters of the bytes of the client data, before they are signed.</summary>
    public Func<byte[], byte[]> AlterClientDataBytes { get; set; } = bytes => bytes;

    /// <summary>What a test alters of the authenticator data, before they are signed.</summary>
    public Func<byte[], byte[]> AlterAuthenticatorData { get; set; } = bytes => bytes;

    /// <summary>What a test alters of the attestation object, or of the signature.</summary>
    public Func<byte[], byte[]> AlterProof { get; set; } = bytes => bytes;

    public string IdText => Base64Url.EncodeToString(Id);

    /// <summary>What <c>navigator.credentials.create()</c> would give for these options, as JSON.</summary>
    public JsonObject Create(JsonNode options)
    {
        UserHandle = Base64Url.DecodeFromChars(Text(options["user"]!["id"]));
        var clientData = ClientData("webauthn.create", Text(options["challenge"]));
        var data = AuthenticatorData(Text(options["rp"]!["id"]), Attested, AttestedKey());
        var attestation = AlterProof(Statement.Write(
            data, [.. data, .. SHA256.HashData(clientData)], key, Aaguid));
        return Answer(new()
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(clientData),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray([.. Transports.Select(each => JsonValue.Create(each))]),
        });
    }

    /// <summary>What <c>navigator.credentials.get()</c> would give for these options, as JSON.</summary>
    public JsonObject Get(JsonNode options)
    {
        if (Counts) SignCount++;
        var clientData = ClientData("webauthn.get", Text(options["challenge"]));
        var data = AuthenticatorData(Text(options["rpId"]), 0, []);
        var signature = AlterProof(key.Sign([.. data, .. SHA256.HashData(clientData)]));
        var response = new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(clientData),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature),
        };
        if (SaysWhose) response["userHandle"] = Base64Url.EncodeToString(UserHandle);
        return Answer(response);
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private JsonObject Answer(JsonObject response)
    {
        var answer = new JsonObject
        {
            ["id"] = IdText,
            ["rawId"] = IdText,
            ["type"] = "public-key",
            ["response"] = response,
            ["clientExtensionResults"] = new JsonObject(),
        };
        if (Attachment is not null) answer["authenticatorAttachment"] = Attachment;
        return answer;
    }

    private byte[] ClientData(string type, string challenge)
    {
        var data = new JsonObject
        {
            ["type"] = type,
            ["challenge"] = challenge,
            ["origin"] = Origin,
            ["crossOrigin"] = false,
        };
        AlterClientData?.Invoke(data);
        return AlterClientDataBytes(Encoding.UTF8.GetBytes(data.ToJsonString()));
    }

    private byte[] AuthenticatorData(string relyingParty, int flags, byte[] attestedKey)
    {
        if (IsUserPresent) flags |= Present;
        if (IsUserVerified) flags |= Verified;
        if (IsSynced) flags |= Eligible | Copied;
        if (Extensions is not null) flags |= Extended;
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, SignCount);
        return AlterAuthenticatorData(
        [
            .. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), (byte)flags, .. count, .. attestedKey,
            .. Extensions ?? [],
        ]);
    }

    private byte[] AttestedKey()
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)Id.Length);
        return [.. Aaguid.ToByteArray(bigEndian: true), .. length, .. Id, .. key.Cose];
    }
}
