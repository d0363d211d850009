using System.Text.Json;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>What a request says of a style.</summary>
public sealed record GivenStyle(
    bool? UseCognitoProvidedValues, JsonElement? Settings, IReadOnlyList<AssetType>? Assets);

/// <summary>What the style of a client can be.</summary>
public static class StyleRules
{
    /// <summary>A new style of an app client.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static LoginStyle New(AppClient client, string id, GivenStyle given, DateTimeOffset now)
    {
        CheckSource(given);
        return new()
        {
            PoolId = client.PoolId,
            Id = id,
            ClientId = client.Id,
            Settings = given.Settings is { } settings ? Over(StyleSettings.None, settings) : null,
            CreatedAt = now,
            ModifiedAt = now,
        };
    }

    /// <summary>The style after an update. Settings that the request does not name stay (doc: a style may be
    /// sent in parts); the service's values take the place of all of them.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static LoginStyle Changed(LoginStyle style, GivenStyle given, DateTimeOffset now)
    {
        CheckSource(given);
        return style with
        {
            Settings = given.Settings is { } settings
                ? Over(style.Settings ?? StyleSettings.None, settings)
                : null,
            ModifiedAt = now,
        };
    }

    /// <summary>Does the update leave none of the images that the style had? So it is where the service's
    /// values take the place of customised ones (doc: it reverts to the default options).</summary>
    public static bool DropsImages(LoginStyle before, LoginStyle after) =>
        before.Settings is not null && after.Settings is null;

    /// <summary>The images of a request. One without bytes stands for no image in its place.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static IReadOnlyList<StyleImage> Images(GivenStyle given)
    {
        var images = new List<StyleImage>();
        foreach (var asset in given.Assets ?? [])
        {
            var image = new StyleImage(
                asset.Category, asset.ColorMode, asset.ResourceId ?? "", asset.Extension, asset.Bytes ?? []);
            CheckType(image);
            if (images.Exists(other => other.Place == image.Place))
                throw BrandingRefusals.ImageTwice(image.Category, image.ColorMode);
            images.Add(image);
        }

        return images;
    }

    /// <summary>Exactly one of both is the source of all values (observed for all six
    /// combinations).</summary>
    private static void CheckSource(GivenStyle given)
    {
        if (given.UseCognitoProvidedValues is true == given.Settings is not null)
            throw BrandingRefusals.OneSource();
    }

    private static JsonElement Over(JsonElement stored, JsonElement given)
    {
        StyleSettings.Check(given);
        var merged = StyleSettings.Merge(stored, given);
        // Every part was small enough; the whole may not be.
        StyleSettings.Check(merged);
        return merged;
    }

    /// <summary>An icon for the browser's tab has a type of its own, which nothing else can have (observed);
    /// bytes of another type are refused (observed).</summary>
    private static void CheckType(StyleImage image)
    {
        var isIcon = image.Category == AssetCategoryType.FaviconIco;
        var isPossible = isIcon == (image.Extension == AssetExtensionType.Ico)
            && (image.Category != AssetCategoryType.FaviconSvg || image.Extension == AssetExtensionType.Svg);
        if (!isPossible) throw BrandingRefusals.ImageType(image.Category, image.Extension);
        if (image.Bytes.Length > 0 && !ImageContent.Is(image.Extension, image.Bytes))
            throw BrandingRefusals.ImageContent(image.Category, image.Extension);
    }
}
