using System.Security.Cryptography;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Branding;

/// <summary>An image of a style. Its place is category, colour mode and resource together; another image for
/// the same place replaces it (observed).</summary>
/// <param name="ResourceId">Empty for none.</param>
/// <param name="Bytes">Empty to have no image in this place.</param>
public sealed record StyleImage(
    string Category, string ColorMode, string ResourceId, string Extension, byte[] Bytes)
{
    private const int TagLength = 32;

    /// <summary>Names the bytes and their type: see <see cref="PageAsset.Tag"/>.</summary>
    public string Tag => TagOf(ImageContent.TypeOf(Extension), Bytes);

    public (string Category, string ColorMode, string ResourceId) Place => (Category, ColorMode, ResourceId);

    public AssetType Describe() => new()
    {
        Category = Category,
        ColorMode = ColorMode,
        Extension = Extension,
        Bytes = Bytes,
        ResourceId = ResourceId.Length > 0 ? ResourceId : null,
    };

    public static string TagOf(string contentType, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes(contentType + "\n"));
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..TagLength];
    }
}
