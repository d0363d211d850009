namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>
/// A signature that stands in what it signs (saml-core §5.4), in the one form that SAML allows. It is found
/// by where it stands and not by what it says, signs that element and nothing else, and brings no key.
/// </summary>
internal static class EnvelopedSignature
{
    public const string Namespace = "http://www.w3.org/2000/09/xmldsig#";

    private const string Enveloped = Namespace + "enveloped-signature";

    /// <summary>Is the element signed by one of the keys? False where there is no signature in it.</summary>
    /// <param name="signed">Has an <c>ID</c> that nothing else in its document has.</param>
    /// <exception cref="SamlException">Signature: there is one and it does not hold. Algorithm,
    /// Malformed.</exception>
    public static bool Holds(TreeElement signed, ProviderKeys keys)
    {
        if (signed.Optional(Namespace, "Signature") is not { } signature) return false;
        var parts = Parts(signature, "SignedInfo", "SignatureValue", "KeyInfo");
        var info = parts[0];
        var steps = Parts(info, "CanonicalizationMethod", "SignatureMethod", "Reference");
        if (steps.Count != 3) throw SamlException.Malformed();
        var form = CanonicalForm.Of(info, CanonicalMethod.Read(steps[0]));
        var method = SignatureMethod.Of(steps[1].Attribute("Algorithm"));
        // What nobody signed is not digested: that may be costly.
        if (steps[1].Elements.Any() || !keys.Signed(method, form, Bytes(parts[1])))
            throw new SamlException(SamlFailure.Signature);
        CheckReference(steps[2], signed, signature);
        return true;
    }

    private static void CheckReference(TreeElement reference, TreeElement signed, TreeElement signature)
    {
        var id = signed.Attribute("ID");
        // An empty URI, or none, would be the whole document, which may be more (saml-core §5.4.2).
        if (string.IsNullOrEmpty(id) || reference.Attribute("URI") != "#" + id)
            throw new SamlException(SamlFailure.Signature);
        var parts = Parts(reference, "Transforms", "DigestMethod", "DigestValue");
        if (parts.Count != 3) throw SamlException.Malformed();
        var form = CanonicalForm.Of(signed, Transformed(parts[0]), signature);
        var digest = DigestMethod.Digest(parts[1].Attribute("Algorithm"), form);
        if (!digest.AsSpan().SequenceEqual(Bytes(parts[2]))) throw new SamlException(SamlFailure.Signature);
    }

    /// <summary>The signature is taken out, then there is at most one canonicalization (saml-core
    /// §5.4.4).</summary>
    private static CanonicalMethod Transformed(TreeElement transforms)
    {
        var all = transforms.Elements.ToList();
        if (all.Count is 0 or > 2 || !all.TrueForAll(one => one.Is(Namespace, "Transform")))
            throw SamlException.Malformed();
        if (all[0].Attribute("Algorithm") != Enveloped) throw new SamlException(SamlFailure.Algorithm);
        if (all[0].Elements.Any()) throw SamlException.Malformed();
        return all.Count == 2 ? CanonicalMethod.Read(all[1]) : CanonicalMethod.Presumed;
    }

    /// <summary>The elements in it, which are exactly these in this order; the last may be missing.</summary>
    private static List<TreeElement> Parts(TreeElement element, params ReadOnlySpan<string> names)
    {
        var parts = element.Elements.ToList();
        if (parts.Count > names.Length || parts.Count < names.Length - 1) throw SamlException.Malformed();
        for (var i = 0; i < parts.Count; i++)
            if (!parts[i].Is(Namespace, names[i])) throw SamlException.Malformed();
        return parts;
    }

    private static byte[] Bytes(TreeElement element) =>
        Base64.TryRead(element.Text, out var bytes) ? bytes : throw SamlException.Malformed();
}
