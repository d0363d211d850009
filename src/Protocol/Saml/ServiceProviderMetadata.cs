using System.Text;
using System.Xml;
using Lifeguard.Protocol.Saml.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>What a service provider says of itself (saml-metadata-2.0 §2.4.4), so that nobody has to
/// configure a provider by hand.</summary>
public static class ServiceProviderMetadata
{
    private const string Cipher = "http://www.w3.org/2009/xmlenc11#aes256-gcm";

    /// <summary>The document.</summary>
    /// <param name="answerTo">Where answers go, by the HTTP-POST binding.</param>
    /// <param name="signedOutTo">Where answers to a sign-out go, by either binding.</param>
    /// <param name="signing">The certificate of the key that signs requests, in base64.</param>
    /// <param name="encryption">The one to encrypt assertions to, in base64.</param>
    public static string Write(
        string entityId, string answerTo, string signedOutTo, string signing, string encryption)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
        };
        using (var writer = XmlWriter.Create(bytes, settings))
        {
            writer.WriteStartElement("md", "EntityDescriptor", SamlNames.Metadata);
            writer.WriteAttributeString("entityID", entityId);
            writer.WriteStartElement("SPSSODescriptor", SamlNames.Metadata);
            writer.WriteAttributeString("WantAssertionsSigned", "true");
            writer.WriteAttributeString("protocolSupportEnumeration", SamlNames.Protocol);
            WriteKey(writer, "signing", signing);
            WriteKey(writer, "encryption", encryption);
            WriteEndpoint(writer, "SingleLogoutService", SamlNames.PostBinding, signedOutTo);
            WriteEndpoint(writer, "SingleLogoutService", SamlNames.RedirectBinding, signedOutTo);
            WriteEndpoint(writer, "AssertionConsumerService", SamlNames.PostBinding, answerTo, index: "0");
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void WriteKey(XmlWriter writer, string use, string certificate)
    {
        writer.WriteStartElement("KeyDescriptor", SamlNames.Metadata);
        writer.WriteAttributeString("use", use);
        writer.WriteStartElement("ds", "KeyInfo", EnvelopedSignature.Namespace);
        writer.WriteStartElement("X509Data", EnvelopedSignature.Namespace);
        writer.WriteElementString("X509Certificate", EnvelopedSignature.Namespace, certificate);
        writer.WriteEndElement();
        writer.WriteEndElement();
        if (use == "encryption")
        {
            writer.WriteStartElement("EncryptionMethod", SamlNames.Metadata);
            writer.WriteAttributeString("Algorithm", Cipher);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void WriteEndpoint(
        XmlWriter writer, string name, string binding, string address, string? index = null)
    {
        writer.WriteStartElement(name, SamlNames.Metadata);
        writer.WriteAttributeString("Binding", binding);
        writer.WriteAttributeString("Location", address);
        if (index is not null)
        {
            writer.WriteAttributeString("index", index);
            writer.WriteAttributeString("isDefault", "true");
        }

        writer.WriteEndElement();
    }
}
