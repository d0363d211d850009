using System.Text;
using System.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>What a service provider asks a provider, as documents.</summary>
public static class SamlRequest
{
    private static readonly XmlWriterSettings Bare = new()
    {
        OmitXmlDeclaration = true,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    /// <summary>Who is it? (saml-core §3.4.1) Any form of name will do, and a new one may be made.</summary>
    /// <param name="id">A name in the sense of XML, so it begins with a letter or <c>_</c>.</param>
    /// <param name="destination">Where the provider is asked.</param>
    /// <param name="answerTo">Where it is to answer, by the HTTP-POST binding.</param>
    /// <param name="asksAgain">Even where it knows who it is.</param>
    public static string WhoIsIt(
        string id, DateTimeOffset now, string serviceProvider, string destination, string answerTo,
        bool asksAgain) => Write("AuthnRequest", id, now, serviceProvider, destination, writer =>
        {
            writer.WriteAttributeString("AssertionConsumerServiceURL", answerTo);
            writer.WriteAttributeString("ProtocolBinding", SamlNames.PostBinding);
            if (asksAgain) writer.WriteAttributeString("ForceAuthn", "true");
        },
        writer =>
        {
            writer.WriteStartElement("NameIDPolicy", SamlNames.Protocol);
            writer.WriteAttributeString("AllowCreate", "true");
            writer.WriteEndElement();
        });

    /// <summary>Sign them out (saml-core §3.7.1).</summary>
    /// <param name="sessionIndex">Null for every session of theirs.</param>
    public static string SignOut(
        string id, DateTimeOffset now, string serviceProvider, string destination, SamlName name,
        string? sessionIndex) => Write("LogoutRequest", id, now, serviceProvider, destination, writer =>
            writer.WriteAttributeString("NotOnOrAfter", SamlInstant.Text(now + SamlInstant.Skew * 2)),
        writer =>
        {
            writer.WriteStartElement("NameID", SamlNames.Assertion);
            WriteOptional(writer, "Format", name.Format);
            WriteOptional(writer, "NameQualifier", name.NameQualifier);
            WriteOptional(writer, "SPNameQualifier", name.ForQualifier);
            writer.WriteString(name.Value);
            writer.WriteEndElement();
            if (sessionIndex is not null)
                writer.WriteElementString("SessionIndex", SamlNames.Protocol, sessionIndex);
        });

    private static string Write(
        string name, string id, DateTimeOffset now, string serviceProvider, string destination,
        Action<XmlWriter> attributes, Action<XmlWriter> content)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Bare))
        {
            writer.WriteStartElement("samlp", name, SamlNames.Protocol);
            writer.WriteAttributeString("xmlns", "saml", null, SamlNames.Assertion);
            writer.WriteAttributeString("ID", id);
            writer.WriteAttributeString("Version", SamlNames.Version);
            writer.WriteAttributeString("IssueInstant", SamlInstant.Text(now));
            writer.WriteAttributeString("Destination", destination);
            attributes(writer);
            writer.WriteElementString("Issuer", SamlNames.Assertion, serviceProvider);
            content(writer);
            writer.WriteEndElement();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteOptional(XmlWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteAttributeString(name, value);
    }
}
