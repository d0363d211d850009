using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>What is refused about the look of pages and about terms. Texts without a note were observed; "own
/// words" marks those of which only the type is known.</summary>
public static class BrandingRefusals
{
    /// <summary>So much of what a caller wrote is repeated to him.</summary>
    private const int Echoed = 100;

    public static ApiException StyleNotFound() =>
        new(Errors.ResourceNotFoundException, "ManagedLoginBranding does not exist.");

    public static ApiException NoStyleOf(string clientId) => new(
        Errors.ResourceNotFoundException, $"ManagedLoginBranding for client {clientId} does not exist.");

    public static ApiException StyleExists(string clientId) => new(
        Errors.ManagedLoginBrandingExistsException,
        $"A ManagedLoginBranding already exists for client {clientId}");

    /// <summary>Both of them, or neither; <c>false</c> names neither.</summary>
    public static ApiException OneSource() => Reject.InvalidParameter(
        "useCognitoProvidedValues or settings should be specified (but not both)");

    /// <summary>Own words.</summary>
    public static ApiException Settings(string reason) =>
        Reject.InvalidParameter($"Invalid settings: {reason}");

    /// <summary>Own words.</summary>
    public static ApiException ImageType(string category, string extension) =>
        Reject.InvalidParameter($"Assets of category {category} cannot have the extension {extension}.");

    /// <summary>Own words.</summary>
    public static ApiException ImageContent(string category, string extension) =>
        Reject.InvalidParameter($"The asset of category {category} is not an image of type {extension}.");

    /// <summary>Own words.</summary>
    public static ApiException ImageTwice(string category, string colorMode) => Reject.InvalidParameter(
        $"There is more than one asset of category {category} and color mode {colorMode}.");

    /// <summary>Own words.</summary>
    public static ApiException TooManyImages(int limit) =>
        Reject.InvalidParameter($"A managed login branding style can have {limit} assets.");

    public static ApiException NoDomain() =>
        Reject.InvalidParameter("A domain must be associated with this user pool.");

    public static ApiException CssClass(string selector) => Reject.InvalidParameter(
        $"The CSS class {Short(selector)} is not in the list of allowed classes.");

    /// <summary>Own words.</summary>
    public static ApiException CssProperty(string property) =>
        Reject.InvalidParameter($"The CSS property {Short(property)} is not allowed.");

    /// <summary>Own words.</summary>
    public static ApiException CssValue(string property) =>
        Reject.InvalidParameter($"The value of the CSS property {Short(property)} is not allowed.");

    /// <summary>Own words.</summary>
    public static ApiException CssRule(string rule) =>
        Reject.InvalidParameter($"The CSS rule {Short(rule)} is not allowed.");

    /// <summary>Own words.</summary>
    public static ApiException CssSyntax() => Reject.InvalidParameter("The CSS cannot be read.");

    /// <summary>The beginning is documented.</summary>
    public static ApiException TooLarge(int limit) => Reject.InvalidParameter(
        $"request parameters too large: CSS and ImageFile together can have {limit} bytes.");

    /// <summary>Own words.</summary>
    public static ApiException LogoTooLarge(int limit) =>
        Reject.InvalidParameter($"ImageFile can have {limit} bytes.");

    /// <summary>Own words.</summary>
    public static ApiException LogoType() =>
        Reject.InvalidParameter("ImageFile must be a PNG or JPEG image.");

    /// <summary>Own words.</summary>
    public static ApiException TermsNotFound(string termsId) =>
        new(Errors.ResourceNotFoundException, $"Terms {termsId} do not exist.");

    /// <summary>Own words.</summary>
    public static ApiException NoTermsOf(string clientId, string name) => new(
        Errors.ResourceNotFoundException, $"Terms {name} for client {clientId} do not exist.");

    /// <summary>Own words.</summary>
    public static ApiException TermsExist(string clientId, string name) =>
        new(Errors.TermsExistsException, $"Terms {name} already exist for client {clientId}");

    /// <summary>Own words.</summary>
    public static ApiException NoDefaultLink() =>
        Reject.InvalidParameter($"Links must include {TermsRules.DefaultLanguage}.");

    /// <summary>Own words.</summary>
    public static ApiException Link(string language) =>
        Reject.InvalidParameter($"The link for {language} must be a URL that starts with https://");

    private static string Short(string text) => text.Length <= Echoed ? text : text[..Echoed];
}
