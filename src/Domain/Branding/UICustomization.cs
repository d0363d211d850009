using System.Globalization;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>How the classic pages of an app client look, or those of all clients that have nothing of their
/// own.</summary>
public sealed record UICustomization
{
    /// <summary>Stands for all clients that have nothing of their own.</summary>
    public const string All = "ALL";

    public required string PoolId { get; init; }

    /// <summary>Null for all clients that have nothing of their own.</summary>
    public required string? ClientId { get; init; }

    /// <summary>As it was given; <see cref="ClassicCss.Rewrite"/> makes of it what pages may show.</summary>
    public string? Css { get; init; }

    public ClassicLogo? Logo { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Nothing is customised: whoever sets neither takes away what there was (observed).</summary>
    public bool IsNothing => Css is null && Logo is null;

    /// <summary>As answers show it.</summary>
    /// <param name="folder">The address below which the images of the pool are.</param>
    public UICustomizationType Describe(string? folder) => new()
    {
        UserPoolId = PoolId,
        ClientId = ClientId ?? All,
        ImageUrl = Logo is null || folder is null ? null : $"{folder}/{PageAsset.PathOf(Logo.Tag)}",
        CSS = Css,
        CSSVersion = ModifiedAt.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
        CreationDate = CreatedAt,
        LastModifiedDate = ModifiedAt,
    };
}

/// <summary>The image at the top of classic pages.</summary>
public sealed record ClassicLogo(string ContentType, byte[] Bytes)
{
    /// <summary>Names the image: see <see cref="PageAsset.Tag"/>.</summary>
    public string Tag => StyleImage.TagOf(ContentType, Bytes);
}

/// <summary>What pages have to know of a customisation.</summary>
/// <param name="LogoTag">The image at the top; null for none.</param>
public sealed record ClassicLook(string? Css, string? LogoTag);
