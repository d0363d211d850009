using Lifeguard.Contract;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Branding;

/// <summary>Shows a style with its images: what was customised, or all settings together with the
/// defaults.</summary>
public sealed class DescribeManagedLoginBranding(PoolStore pools, LoginStyleStore styles)
    : IAdminOperation<DescribeManagedLoginBrandingRequest, DescribeManagedLoginBrandingResponse>
{
    /// <inheritdoc />
    public async Task<DescribeManagedLoginBrandingResponse> Execute(
        DescribeManagedLoginBrandingRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var style = await styles.Get(pool.Id, request.ManagedLoginBrandingId, call.Cancelled);
        var images = await styles.Images(pool.Id, style.ClientId, call.Cancelled);
        return new()
        {
            ManagedLoginBranding = style.Describe(images, request.ReturnMergedResources is true),
        };
    }
}
