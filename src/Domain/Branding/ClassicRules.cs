using System.Text;

namespace Lifeguard.Domain.Branding;

/// <summary>What can be customised about classic pages.</summary>
public static class ClassicRules
{
    /// <summary>For CSS and image together (doc).</summary>
    public const int MaxBytes = 135 * 1024;

    /// <summary>Doc.</summary>
    public const int MaxLogoBytes = 100 * 1024;

    /// <summary>The customisation that a request asks for. CSS and logo are set together: what is left out is
    /// gone (doc).</summary>
    /// <param name="clientId">Null for all clients that have nothing of their own.</param>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static UICustomization New(
        UserPool pool, string? clientId, string? css, byte[]? logo, DateTimeOffset now)
    {
        if ((pool.Settings.Domain ?? pool.Settings.CustomDomain) is null) throw BrandingRefusals.NoDomain();
        if (Encoding.UTF8.GetByteCount(css ?? "") + (logo?.Length ?? 0) > MaxBytes)
            throw BrandingRefusals.TooLarge(MaxBytes);
        if (css is not null) ClassicCss.Check(css);
        return new()
        {
            PoolId = pool.Id,
            ClientId = clientId,
            Css = string.IsNullOrWhiteSpace(css) ? null : css,
            Logo = logo is { Length: > 0 } ? LogoOf(logo) : null,
            CreatedAt = now,
            ModifiedAt = now,
        };
    }

    private static ClassicLogo LogoOf(byte[] bytes)
    {
        if (bytes.Length > MaxLogoBytes) throw BrandingRefusals.LogoTooLarge(MaxLogoBytes);
        return new(ImageContent.TypeOfLogo(bytes) ?? throw BrandingRefusals.LogoType(), bytes);
    }
}
