using Lifeguard.Domain.Branding;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Branding;

/// <summary>The images that pages show, at <see cref="PageAsset.PathOf"/> below the address of a pool's
/// domain. They are for everybody: a tag is no secret, and names the same bytes for ever.</summary>
public sealed class FindPageImage(LoginStyleStore styles, UICustomizationStore customizations)
{
    private const int LongestTag = 64;

    /// <summary>The image; null for none in this pool. <see cref="PageImage"/> says with which headers it has
    /// to be served, since it may be a document with scripts.</summary>
    public async Task<PageImage?> Of(string poolId, string tag, CancellationToken cancellation)
    {
        if (tag.Length > LongestTag || !tag.All(char.IsAsciiHexDigitLower)) return null;
        return await styles.Image(poolId, tag, cancellation)
            ?? await customizations.Logo(poolId, tag, cancellation);
    }
}
