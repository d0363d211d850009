using System.Text;

namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>The name of an element or attribute.</summary>
/// <param name="Prefix">Empty for none.</param>
/// <param name="Namespace">Empty for none.</param>
internal readonly record struct TreeName(string Prefix, string LocalName, string Namespace)
{
    /// <summary>As it stands in the text.</summary>
    public string Qualified => Prefix.Length == 0 ? LocalName : $"{Prefix}:{LocalName}";
}

/// <summary>An attribute that declares no namespace.</summary>
internal readonly record struct TreeAttribute(TreeName Name, string Value);

/// <summary>What stands in an element: another one, or text.</summary>
internal readonly record struct TreeChild(TreeElement? Element, string Text);

/// <summary>
/// An element of a document as it was read. Signatures are verified on the object that values are then taken
/// from, so there is no second parser and no search that could find another element. Comments and processing
/// instructions are not in it: text around them is one text.
/// </summary>
/// <param name="parent">Null for the outermost.</param>
/// <param name="declared">Namespaces that the element itself declares, by prefix.</param>
internal sealed class TreeElement(
    TreeElement? parent,
    TreeName name,
    IReadOnlyList<TreeAttribute> attributes,
    IReadOnlyDictionary<string, string> declared)
{
    private readonly List<TreeChild> children = [];

    public TreeElement? Parent { get; } = parent;

    public TreeName Name { get; } = name;

    public IReadOnlyList<TreeAttribute> Attributes { get; } = attributes;

    public IReadOnlyDictionary<string, string> Declared { get; } = declared;

    public IReadOnlyList<TreeChild> Children => children;

    public IEnumerable<TreeElement> Elements
    {
        get
        {
            foreach (var child in children)
                if (child.Element is { } element) yield return element;
        }
    }

    /// <summary>The text in it.</summary>
    /// <exception cref="SamlException">Malformed: there are elements in it.</exception>
    public string Text => Elements.Any() ? throw SamlException.Malformed() : Content;

    /// <summary>All text in it and in its elements.</summary>
    public string Content
    {
        get
        {
            if (children is [{ Element: null, Text: var only }]) return only;
            var text = new StringBuilder();
            foreach (var child in children) text.Append(child.Element?.Content ?? child.Text);
            return text.ToString();
        }
    }

    public bool Is(string space, string localName) =>
        Name.LocalName == localName && Name.Namespace == space;

    /// <summary>The value of an attribute without namespace; null for none.</summary>
    public string? Attribute(string localName)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Name.LocalName == localName && attribute.Name.Namespace.Length == 0)
                return attribute.Value;
        }

        return null;
    }

    /// <summary>The elements of this name that stand directly in it.</summary>
    public IEnumerable<TreeElement> All(string space, string localName) =>
        Elements.Where(element => element.Is(space, localName));

    /// <summary>The one element of this name that stands directly in it; null for none.</summary>
    /// <exception cref="SamlException">Malformed: there are several.</exception>
    public TreeElement? Optional(string space, string localName)
    {
        TreeElement? found = null;
        foreach (var element in All(space, localName))
            found = found is null ? element : throw SamlException.Malformed();
        return found;
    }

    /// <summary>The one element of this name that stands directly in it.</summary>
    /// <exception cref="SamlException">Malformed: there is none, or there are several.</exception>
    public TreeElement Required(string space, string localName) =>
        Optional(space, localName) ?? throw SamlException.Malformed();

    /// <summary>It and all in it, each before what stands in it.</summary>
    public IEnumerable<TreeElement> Whole()
    {
        yield return this;
        foreach (var element in Elements)
        {
            foreach (var inner in element.Whole()) yield return inner;
        }
    }

    /// <summary>What a prefix stands for here; null for nothing.</summary>
    public string? NamespaceOf(string prefix)
    {
        for (var element = this; element is not null; element = element.Parent)
            if (element.Declared.TryGetValue(prefix, out var space)) return space;
        return null;
    }

    /// <summary>What every prefix stands for here.</summary>
    public Dictionary<string, string> InScope()
    {
        var scope = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var element = this; element is not null; element = element.Parent)
        {
            foreach (var (prefix, space) in element.Declared) scope.TryAdd(prefix, space);
        }

        return scope;
    }

    /// <summary>For whoever reads the document; nothing is added later.</summary>
    internal void Append(TreeElement element) => children.Add(new(element, ""));

    /// <inheritdoc cref="Append(TreeElement)"/>
    internal void Append(string text)
    {
        if (children is [.., { Element: null } last]) children[^1] = new(null, last.Text + text);
        else children.Add(new(null, text));
    }
}
