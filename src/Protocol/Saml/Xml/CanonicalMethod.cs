namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>A way to write XML in its one canonical form.</summary>
/// <param name="IsExclusive">Namespaces are written where they are used, and not where they are
/// declared.</param>
/// <param name="Prefixes">Those that an exclusive form treats as an inclusive one does; empty for the default
/// namespace.</param>
internal sealed record CanonicalMethod(bool IsExclusive, IReadOnlyList<string> Prefixes)
{
    /// <summary>Also the namespace of its parameters.</summary>
    public const string Exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private const string Inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

    /// <summary>Far more than anybody names.</summary>
    private const int MaxPrefixes = 32;

    /// <summary>What is used where nothing is said (xmldsig-core §4.4.3.2).</summary>
    public static readonly CanonicalMethod Presumed = new(false, []);

    /// <summary>The method that a CanonicalizationMethod or Transform names. Those with comments are taken as
    /// well: what has comments then has another form, and its signature does not hold.</summary>
    /// <exception cref="SamlException">Algorithm, Malformed.</exception>
    public static CanonicalMethod Read(TreeElement element)
    {
        switch (element.Attribute("Algorithm"))
        {
            case Inclusive or Inclusive + "#WithComments":
                if (element.Elements.Any()) throw SamlException.Malformed();
                return Presumed;
            case Exclusive or Exclusive + "WithComments":
                var parameters = element.Optional(Exclusive, "InclusiveNamespaces");
                if (element.Elements.Count() != (parameters is null ? 0 : 1)) throw SamlException.Malformed();
                return new(true, PrefixesOf(parameters?.Attribute("PrefixList")));
            default:
                throw new SamlException(SamlFailure.Algorithm);
        }
    }

    private static string[] PrefixesOf(string? list)
    {
        char[] blanks = [' ', '\t', '\r', '\n'];
        var prefixes = (list ?? "").Split(blanks, StringSplitOptions.RemoveEmptyEntries);
        return prefixes.Length <= MaxPrefixes
            ? [.. prefixes.Select(prefix => prefix == "#default" ? "" : prefix).Distinct()]
            : throw SamlException.Malformed();
    }
}
