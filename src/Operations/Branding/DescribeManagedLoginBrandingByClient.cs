using Lifeguard.Contract;
using Lifeguard.Domain.Branding;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Branding;

/// <summary>Shows the style of an app client as <see cref="DescribeManagedLoginBranding"/> does.</summary>
public sealed class DescribeManagedLoginBrandingByClient(
    PoolStore pools, ClientStore clients, LoginStyleStore styles)
    : IAdminOperation<DescribeManagedLoginBrandingByClientRequest,
        DescribeManagedLoginBrandingByClientResponse>
{
    /// <inheritdoc />
    public async Task<DescribeManagedLoginBrandingByClientResponse> Execute(
        DescribeManagedLoginBrandingByClientRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        var style = await styles.FindByClient(pool.Id, client.Id, call.Cancelled)
            ?? throw BrandingRefusals.NoStyleOf(client.Id);
        var images = await styles.Images(pool.Id, client.Id, call.Cancelled);
        return new()
        {
            ManagedLoginBranding = style.Describe(images, request.ReturnMergedResources is true),
        };
    }
}
