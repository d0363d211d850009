using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Domain.Pools;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Branding;

/// <summary>Gives an app client a style, with which its managed login pages are there from then on.</summary>
public sealed class CreateManagedLoginBranding(
    Database database, PoolStore pools, ClientStore clients, LoginStyleStore styles, RandomSource random)
    : IAdminOperation<CreateManagedLoginBrandingRequest, CreateManagedLoginBrandingResponse>
{
    /// <inheritdoc />
    public async Task<CreateManagedLoginBrandingResponse> Execute(
        CreateManagedLoginBrandingRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        var given = new GivenStyle(request.UseCognitoProvidedValues, request.Settings, request.Assets);
        var style = StyleRules.New(client, random.Id(), given, call.Now);
        var images = StyleRules.Images(given);
        await database.Write(transaction => Store(transaction, style, images, call), call.Cancelled);
        var stored = await styles.Images(pool.Id, client.Id, call.Cancelled);
        return new() { ManagedLoginBranding = style.Describe(stored, isMerged: false) };
    }

    private async Task Store(
        Transaction transaction, LoginStyle style, IReadOnlyList<StyleImage> images, Call call)
    {
        // Nobody else adds one to the pool meanwhile, so that counting is enough.
        if (!await pools.Hold(transaction, style.PoolId, call.Cancelled))
            throw Reject.PoolNotFound(style.PoolId);
        if (!await clients.Hold(transaction, style.PoolId, style.ClientId, call.Cancelled))
            throw Reject.ClientNotFound(style.ClientId);
        if (!await styles.Insert(transaction, style, call.Cancelled))
            throw BrandingRefusals.StyleExists(style.ClientId);
        if (await styles.Count(transaction, style.PoolId, call.Cancelled) > LoginStyle.MaxOfPool)
            throw PoolRefusals.TooMany("managed login branding styles", LoginStyle.MaxOfPool);
        await styles.PutImages(transaction, style, images, call.Cancelled);
    }
}
