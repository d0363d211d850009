using Lifeguard.Contract;
using Lifeguard.Domain.Branding;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Branding;

/// <summary>Deletes a style with its images. The managed login pages of the app client are unavailable until
/// it has another.</summary>
public sealed class DeleteManagedLoginBranding(Database database, PoolStore pools, LoginStyleStore styles)
    : IAdminOperation<DeleteManagedLoginBrandingRequest, NoContent>
{
    /// <inheritdoc />
    public async Task<NoContent> Execute(DeleteManagedLoginBrandingRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var style = await styles.Get(pool.Id, request.ManagedLoginBrandingId, call.Cancelled);
        await database.Write(
            async transaction =>
            {
                if (!await styles.Delete(transaction, style, call.Cancelled))
                    throw BrandingRefusals.StyleNotFound();
            },
            call.Cancelled);
        return NoContent.Instance;
    }
}
