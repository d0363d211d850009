using Lifeguard.Contract;
using Lifeguard.Domain.Branding;
using Lifeguard.Operations.Domains;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Branding;

/// <summary>Shows how the classic pages of an app client look: its own customisation, else that of all
/// clients, else an empty one (observed).</summary>
public sealed class GetUICustomization(
    PoolStore pools, ClientStore clients, UICustomizationStore customizations, DomainAddress address)
    : IAdminOperation<GetUICustomizationRequest, GetUICustomizationResponse>
{
    /// <inheritdoc />
    public async Task<GetUICustomizationResponse> Execute(GetUICustomizationRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var clientId = request.ClientId is UICustomization.All ? null : request.ClientId;
        if (clientId is not null) await clients.Get(pool.Id, clientId, call.Cancelled);
        var found = await customizations.Find(pool.Id, clientId, call.Cancelled);
        return new() { UICustomization = found?.Describe(address.Of(call.Seen(pool))) ?? new() };
    }
}
