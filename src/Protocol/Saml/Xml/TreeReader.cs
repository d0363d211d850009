using System.Xml;

namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>Reads documents that anybody may have sent: without document types, so without entities; without
/// fetching anything; neither long nor deep.</summary>
internal static class TreeReader
{
    /// <summary>Elements in each other.</summary>
    public const int MaxDepth = 40;

    private const string Declarations = "http://www.w3.org/2000/xmlns/";

    /// <summary>The document's outermost element.</summary>
    /// <param name="maxCharacters">Longer documents are refused.</param>
    /// <param name="within">In which element the text stood when it was encrypted, and whose namespaces hold
    /// for it (xmlenc-core §4.3.3); null for a document.</param>
    /// <exception cref="SamlException">Malformed, TooLarge.</exception>
    public static TreeElement Read(string text, int maxCharacters, TreeElement? within = null)
    {
        if (text.Length > maxCharacters) throw new SamlException(SamlFailure.TooLarge);
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings(within), Context(within));
            return Read(reader, within);
        }
        catch (XmlException)
        {
            throw SamlException.Malformed();
        }
    }

    private static XmlReaderSettings Settings(TreeElement? within) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        ConformanceLevel = within is null ? ConformanceLevel.Document : ConformanceLevel.Fragment,
    };

    private static XmlParserContext? Context(TreeElement? within)
    {
        if (within is null) return null;
        var scope = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, space) in within.InScope())
            if (prefix != "xml") scope.AddNamespace(prefix, space);
        return new(null, scope, null, XmlSpace.None);
    }

    private static TreeElement Read(XmlReader reader, TreeElement? within)
    {
        TreeElement? root = null;
        var open = new Stack<TreeElement>();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count == MaxDepth) throw SamlException.Malformed();
                    var isEmpty = reader.IsEmptyElement;
                    var element = Element(reader, open.Count > 0 ? open.Peek() : within);
                    if (open.Count > 0) open.Peek().Append(element);
                    else root = root is null ? element : throw SamlException.Malformed();
                    if (!isEmpty) open.Push(element);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when open.Count > 0:
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when open.Count > 0:
                    open.Peek().Append(reader.Value);
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                case XmlNodeType.XmlDeclaration:
                    break;
                default:
                    throw SamlException.Malformed();
            }
        }

        return root ?? throw SamlException.Malformed();
    }

    private static TreeElement Element(XmlReader reader, TreeElement? parent)
    {
        var name = Name(reader);
        var attributes = new List<TreeAttribute>(reader.AttributeCount);
        var declared = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != Declarations) attributes.Add(new(Name(reader), reader.Value));
            else declared[reader.Prefix.Length == 0 ? "" : reader.LocalName] = reader.Value;
        }

        reader.MoveToElement();
        return new(parent, name, attributes, declared);
    }

    private static TreeName Name(XmlReader reader) =>
        new(reader.Prefix, reader.LocalName, reader.NamespaceURI);
}
