using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Terms;

/// <summary>Changes which document terms are, or where it is found; links are replaced together.</summary>
public sealed class UpdateTerms(Database database, PoolStore pools, ClientStore clients, TermsStore terms)
    : IAdminOperation<UpdateTermsRequest, UpdateTermsResponse>
{
    /// <inheritdoc />
    public async Task<UpdateTermsResponse> Execute(UpdateTermsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var stored = await terms.Get(pool.Id, request.TermsId, call.Cancelled);
        var changed = TermsRules.Changed(
            stored,
            new(request.TermsName, request.TermsSource, request.Enforcement, request.Links),
            call.Now);
        try
        {
            await database.Write(transaction => Store(transaction, changed, call), call.Cancelled);
        }
        catch (ConflictException)
        {
            // The caller has to look at what the other one wrote.
            throw Reject.ConcurrentModification("terms");
        }

        return new() { Terms = changed.Describe() };
    }

    private async Task Store(Transaction transaction, TermsDocument changed, Call call)
    {
        // Nobody else gives the client terms meanwhile, so that looking is enough.
        if (!await clients.Hold(transaction, changed.PoolId, changed.ClientId, call.Cancelled))
            throw BrandingRefusals.TermsNotFound(changed.Id);
        if (await terms.HasNamesake(transaction, changed, call.Cancelled))
            throw BrandingRefusals.TermsExist(changed.ClientId, changed.Name);
        await terms.Update(transaction, changed, call.Cancelled);
    }
}
