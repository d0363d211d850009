using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Operations.Domains;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Branding;

/// <summary>Sets CSS and logo of classic pages, for one app client or for all that have nothing of their own.
/// A request with neither takes away what was set.</summary>
public sealed class SetUICustomization(
    Database database, PoolStore pools, ClientStore clients, UICustomizationStore customizations,
    DomainAddress address)
    : IAdminOperation<SetUICustomizationRequest, SetUICustomizationResponse>
{
    /// <inheritdoc />
    public async Task<SetUICustomizationResponse> Execute(SetUICustomizationRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var clientId = request.ClientId is UICustomization.All ? null : request.ClientId;
        if (clientId is not null) await clients.Get(pool.Id, clientId, call.Cancelled);
        var before = await customizations.Find(pool.Id, clientId, call.Cancelled);
        var changed = ClassicRules.New(pool, clientId, request.CSS, request.ImageFile, call.Now);
        // What a client had until now may be what is set for all.
        if (before is not null && before.ClientId == clientId)
            changed = changed with { CreatedAt = before.CreatedAt };
        await database.Write(
            async transaction =>
            {
                if (clientId is not null
                    && !await clients.Hold(transaction, pool.Id, clientId, call.Cancelled))
                {
                    throw Reject.ClientNotFound(clientId);
                }

                await customizations.Set(transaction, changed, call.Cancelled);
            },
            call.Cancelled);
        return new()
        {
            UICustomization = changed.IsNothing ? new() : changed.Describe(address.Of(call.Seen(pool))),
        };
    }
}
