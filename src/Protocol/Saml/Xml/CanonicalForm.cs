using System.Text;

namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>
/// An element in canonical form, for digests: Canonical XML 1.0 (REC-xml-c14n-20010315) and Exclusive XML
/// Canonicalization 1.0 (REC-xml-exc-c14n-20020718), of whole elements and without comments. Takes time in
/// proportion to the element, whatever it declares.
/// </summary>
internal sealed class CanonicalForm
{
    private const string XmlPrefix = "xml";

    private readonly CanonicalMethod method;
    private readonly TreeElement apex;
    private readonly TreeElement? omitted;
    private readonly StringBuilder text = new();

    /// <summary>What each prefix stands for in what is written so far, seen from the element that is being
    /// written.</summary>
    private readonly Dictionary<string, string> written = new(StringComparer.Ordinal);

    private CanonicalForm(TreeElement apex, CanonicalMethod method, TreeElement? omitted)
    {
        this.apex = apex;
        this.method = method;
        this.omitted = omitted;
    }

    /// <summary>The canonical form in UTF-8.</summary>
    /// <param name="omitted">An element in it that is left out: the enveloped signature (xmldsig-core
    /// §6.6.4). Null for none.</param>
    public static byte[] Of(TreeElement element, CanonicalMethod method, TreeElement? omitted = null)
    {
        var form = new CanonicalForm(element, method, omitted);
        form.Write(element);
        return Encoding.UTF8.GetBytes(form.text.ToString());
    }

    private void Write(TreeElement element)
    {
        var name = element.Name.Qualified;
        text.Append('<').Append(name);
        var replaced = WriteNamespaces(element);
        foreach (var attribute in AttributesOf(element))
        {
            text.Append(' ').Append(attribute.Name.Qualified).Append("=\"");
            AppendValue(attribute.Value);
            text.Append('"');
        }

        text.Append('>');
        foreach (var child in element.Children)
        {
            if (child.Element is null) AppendText(child.Text);
            else if (child.Element != omitted) Write(child.Element);
        }

        text.Append("</").Append(name).Append('>');
        foreach (var (prefix, before) in replaced)
        {
            if (before is null) written.Remove(prefix);
            else written[prefix] = before;
        }
    }

    /// <summary>Writes those that what is written around does not say already.</summary>
    /// <returns>What was said before; null for nothing.</returns>
    private List<(string Prefix, string? Before)> WriteNamespaces(TreeElement element)
    {
        var replaced = new List<(string, string?)>();
        foreach (var (prefix, space) in method.IsExclusive ? Used(element) : Declared(element))
        {
            var before = written.GetValueOrDefault(prefix);
            // An empty default namespace needs no word unless there is another one around it.
            if (space == (before ?? (prefix.Length == 0 ? "" : null))) continue;
            text.Append(prefix.Length == 0 ? " xmlns" : " xmlns:").Append(prefix).Append("=\"");
            AppendValue(space);
            text.Append('"');
            replaced.Add((prefix, before));
            written[prefix] = space;
        }

        return replaced;
    }

    /// <summary>Those of the element's own name and attributes, and of the prefixes that are named.</summary>
    private SortedDictionary<string, string> Used(TreeElement element)
    {
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [element.Name.Prefix] = element.Name.Namespace,
        };
        foreach (var attribute in element.Attributes)
            if (attribute.Name.Prefix.Length > 0) used[attribute.Name.Prefix] = attribute.Name.Namespace;
        foreach (var prefix in method.Prefixes)
        {
            var space = element == apex
                ? element.NamespaceOf(prefix)
                : element.Declared.GetValueOrDefault(prefix);
            if (space is not null) used[prefix] = space;
        }

        used.Remove(XmlPrefix);
        return used;
    }

    /// <summary>Those that hold for the element; below the outermost one, those that it declares.</summary>
    private SortedDictionary<string, string> Declared(TreeElement element)
    {
        var declared = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, space) in element == apex ? element.InScope() : element.Declared)
            if (prefix != XmlPrefix) declared[prefix] = space;
        return declared;
    }

    private IEnumerable<TreeAttribute> AttributesOf(TreeElement element)
    {
        var attributes = element.Attributes.ToList();
        if (!method.IsExclusive && element == apex) AddInherited(attributes);
        return attributes
            .OrderBy(attribute => attribute.Name.Namespace, CodePoints.Order)
            .ThenBy(attribute => attribute.Name.LocalName, CodePoints.Order);
    }

    /// <summary>Attributes such as <c>xml:lang</c> hold for everything below (Canonical XML §2.4).</summary>
    private void AddInherited(List<TreeAttribute> attributes)
    {
        for (var element = apex.Parent; element is not null; element = element.Parent)
        {
            foreach (var attribute in element.Attributes)
            {
                if (attribute.Name.Prefix == XmlPrefix
                    && !attributes.Exists(one => one.Name == attribute.Name))
                    attributes.Add(attribute);
            }
        }
    }

    private void AppendText(string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '\r' => text.Append("&#xD;"),
                _ => text.Append(character),
            };
        }
    }

    private void AppendValue(string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '"' => text.Append("&quot;"),
                '\t' => text.Append("&#x9;"),
                '\n' => text.Append("&#xA;"),
                '\r' => text.Append("&#xD;"),
                _ => text.Append(character),
            };
        }
    }

    /// <summary>The order of Unicode, in which what UTF-16 needs two units for comes last.</summary>
    private sealed class CodePoints : IComparer<string>
    {
        public static readonly CodePoints Order = new();

        public int Compare(string? x, string? y) =>
            Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}
