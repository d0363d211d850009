using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Branding;

/// <summary>Changes the style of an app client. Settings and images that the request does not name stay, so
/// that a large style can be sent in parts.</summary>
public sealed class UpdateManagedLoginBranding(Database database, PoolStore pools, LoginStyleStore styles)
    : IAdminOperation<UpdateManagedLoginBrandingRequest, UpdateManagedLoginBrandingResponse>
{
    /// <inheritdoc />
    public async Task<UpdateManagedLoginBrandingResponse> Execute(
        UpdateManagedLoginBrandingRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var style = await styles.Get(pool.Id, request.ManagedLoginBrandingId, call.Cancelled);
        var given = new GivenStyle(request.UseCognitoProvidedValues, request.Settings, request.Assets);
        var changed = StyleRules.Changed(style, given, call.Now);
        var images = StyleRules.Images(given);
        try
        {
            await database.Write(
                transaction => Store(transaction, style, changed, images, call), call.Cancelled);
        }
        catch (ConflictException)
        {
            // The caller has to look at what the other one wrote.
            throw Reject.ConcurrentModification("managed login branding");
        }

        var stored = await styles.Images(pool.Id, changed.ClientId, call.Cancelled);
        return new() { ManagedLoginBranding = changed.Describe(stored, isMerged: false) };
    }

    private async Task Store(
        Transaction transaction,
        LoginStyle before,
        LoginStyle changed,
        IReadOnlyList<StyleImage> images,
        Call call)
    {
        await styles.Update(transaction, changed, call.Cancelled);
        if (StyleRules.DropsImages(before, changed))
            await styles.DropImages(transaction, changed, call.Cancelled);
        if (await styles.PutImages(transaction, changed, images, call.Cancelled) > LoginStyle.MaxImages)
            throw BrandingRefusals.TooManyImages(LoginStyle.MaxImages);
    }
}
