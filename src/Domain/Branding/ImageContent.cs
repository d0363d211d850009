using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>What bytes are by their beginning.</summary>
public static class ImageContent
{
    public const string Jpeg = "image/jpeg";

    public const string Png = "image/png";

    /// <summary>A declaration, comments and a document type may come before the first element.</summary>
    private const int LongestProlog = 4096;

    /// <summary>What browsers are told that an image is, whatever they make of its bytes.</summary>
    public static string TypeOf(string extension) => extension switch
    {
        AssetExtensionType.Ico => "image/x-icon",
        AssetExtensionType.Jpeg => Jpeg,
        AssetExtensionType.Png => Png,
        AssetExtensionType.Svg => "image/svg+xml",
        _ => "image/webp",
    };

    /// <summary>Are these the bytes of an image of that type? Only how they begin is looked at: pages show
    /// images in such a way that nothing in them can act.</summary>
    public static bool Is(string extension, ReadOnlySpan<byte> bytes) => extension switch
    {
        AssetExtensionType.Ico => bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]),
        AssetExtensionType.Jpeg => IsJpeg(bytes),
        AssetExtensionType.Png => IsPng(bytes),
        AssetExtensionType.Svg => IsSvg(bytes),
        AssetExtensionType.Webp => bytes.Length > 12
            && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8),
        _ => false,
    };

    /// <summary>The type of a classic logo; null where it is none of the two that there may be.</summary>
    public static string? TypeOfLogo(ReadOnlySpan<byte> bytes) =>
        IsPng(bytes) ? Png : IsJpeg(bytes) ? Jpeg : null;

    private static bool IsPng(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

    private static bool IsJpeg(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]);

    private static bool IsSvg(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith("\ufeff"u8) ? bytes[3..] : bytes;
        text = text.TrimStart(" \t\r\n"u8);
        return text.StartsWith("<"u8) && text[..Math.Min(text.Length, LongestProlog)].IndexOf("<svg"u8) >= 0;
    }
}
