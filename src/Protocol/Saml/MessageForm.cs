using System.Text;
using Lifeguard.Protocol.Saml.Xml;

namespace Lifeguard.Protocol.Saml;

/// <summary>
/// How a message has to be built before anything in it is looked at. Every way to wrap something that is
/// signed into something that is not needs a second assertion, a second element of the same id, or a
/// signature at another place; none of them gets past here.
/// </summary>
internal static class MessageForm
{
    /// <summary>Characters of a document: an assertion of the greatest length, encrypted.</summary>
    public const int MaxCharacters = 200_000;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The document of a form field (saml-bindings §3.5.4).</summary>
    /// <exception cref="SamlException">Malformed, TooLarge.</exception>
    public static TreeElement Posted(string field)
    {
        if (field.Length > SamlResponse.MaxLength) throw new SamlException(SamlFailure.TooLarge);
        if (!Base64.TryRead(field, out var bytes)) throw SamlException.Malformed();
        return Read(bytes);
    }

    /// <summary>A document; in UTF-8, whatever it says of itself.</summary>
    /// <exception cref="SamlException">Malformed, TooLarge.</exception>
    public static TreeElement Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return TreeReader.Read(Utf8.GetString(bytes), MaxCharacters);
        }
        catch (DecoderFallbackException)
        {
            throw SamlException.Malformed();
        }
    }

    /// <summary>Refuses a message in which an element could be taken for another one.</summary>
    /// <param name="assertion">The assertion that was encrypted in the message; null for none.</param>
    /// <exception cref="SamlException">Malformed.</exception>
    public static void Check(TreeElement message, TreeElement? assertion = null)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in message.Whole().Concat(assertion?.Whole() ?? []))
        {
            CheckPlace(element, message, assertion);
            foreach (var attribute in element.Attributes)
            {
                if (attribute.Name.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase)
                    && !ids.Add(attribute.Value))
                    throw SamlException.Malformed();
            }
        }
    }

    /// <summary>Assertions stand in the message, signatures in it and in assertions, and nowhere
    /// else.</summary>
    private static void CheckPlace(TreeElement element, TreeElement message, TreeElement? assertion)
    {
        var isAtItsPlace = (element.Name.Namespace, element.Name.LocalName) switch
        {
            (SamlNames.Assertion, "Assertion" or "EncryptedAssertion") =>
                element.Parent == message || element == assertion,
            (SamlNames.Protocol, "Response" or "LogoutResponse") => element == message,
            (EnvelopedSignature.Namespace, "Signature") =>
                element.Parent is { } parent
                && (parent == message || parent.Is(SamlNames.Assertion, "Assertion")),
            _ => true,
        };
        if (!isAtItsPlace) throw SamlException.Malformed();
    }
}
