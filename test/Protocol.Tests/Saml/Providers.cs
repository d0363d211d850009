using System.Security.Cryptography;
using Lifeguard.Protocol.Saml;
using Lifeguard.Worlds.Saml;

namespace Lifeguard.Protocol.Tests.Saml;

/// <summary>A provider, the keys of both sides, and what the service provider expects.</summary>
internal static class Providers
{
    public static readonly DateTimeOffset Now = new SamlSpec().Now;

    public static readonly RSA Key = RSA.Create(2048);

    public static readonly RSA OtherKey = RSA.Create(2048);

    /// <summary>Of the service provider, to which assertions are encrypted.</summary>
    public static readonly RSA OwnKey = RSA.Create(2048);

    public static readonly SamlIdp Idp = new(Key);

    /// <summary>Says of itself that it is the same, and has another key.</summary>
    public static readonly SamlIdp Impostor = new(OtherKey);

    public static readonly SamlEncryption ToOwn = new(SamlIdp.CertificateOf(OwnKey));

    public static readonly SamlSpec Encrypted = new() { Encryption = ToOwn };

    public static readonly SamlExpectation Expected = new()
    {
        Issuer = Idp.EntityId,
        Certificates = [Idp.Certificate],
        ServiceProvider = SamlSpec.DefaultAudience,
        Address = SamlSpec.DefaultAddress,
        RequestId = "_request",
        Now = Now,
    };

    public static readonly SamlExpectation ExpectedEncrypted = Expected with
    {
        DecryptionKeys = [OwnKey.ExportPkcs8PrivateKey()],
    };

    public static SamlAssertion Verify(SamlSpec spec, SamlExpectation? expected = null) =>
        SamlResponse.Verify(Idp.Post(spec), expected ?? Expected);

    /// <summary>Why the provider's answer is not taken; null where it is.</summary>
    public static SamlFailure? FailureOf(SamlSpec spec, SamlExpectation? expected = null) =>
        FailureOf(Idp.Response(spec), expected);

    /// <summary>Why the document is not taken; null where it is.</summary>
    public static SamlFailure? FailureOf(string document, SamlExpectation? expected = null) =>
        FailureOf(() => SamlResponse.Verify(SamlText.Posted(document), expected ?? Expected));

    public static SamlFailure? FailureOf(Action verification)
    {
        try
        {
            verification();
            return null;
        }
        catch (SamlException refusal)
        {
            return refusal.Failure;
        }
    }
}
