using System.Text.Json;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>The style of an app client's managed login pages, which are unavailable without one. A client has
/// one at most. Its images are kept apart.</summary>
public sealed record LoginStyle
{
    /// <summary>Inferred.</summary>
    public const int MaxOfPool = 20;

    public const int MaxImages = 40;

    public required string PoolId { get; init; }

    public required string Id { get; init; }

    /// <summary>The app client whose style it is, until it is deleted.</summary>
    public required string ClientId { get; init; }

    /// <summary>What was customised, in the service's own words; null where all values are the service's
    /// (<c>UseCognitoProvidedValues</c>).</summary>
    public JsonElement? Settings { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Rises with every stored change; guards against lost updates.</summary>
    public long Version { get; init; }

    /// <summary>The settings with the defaults for all that was not customised.</summary>
    public JsonElement MergedSettings =>
        StyleSettings.Merge(StyleDefaults.Settings, Settings ?? StyleSettings.None);

    /// <summary>The style as answers show it. Settings that nobody gave are left out, images never are
    /// (observed).</summary>
    /// <param name="isMerged">With the defaults (<c>ReturnMergedResources</c>).</param>
    public ManagedLoginBrandingType Describe(IReadOnlyList<StyleImage> images, bool isMerged) => new()
    {
        ManagedLoginBrandingId = Id,
        UserPoolId = PoolId,
        UseCognitoProvidedValues = Settings is null,
        Settings = isMerged ? MergedSettings : Settings,
        Assets = [.. images.Select(image => image.Describe())],
        CreationDate = CreatedAt,
        LastModifiedDate = ModifiedAt,
    };
}
