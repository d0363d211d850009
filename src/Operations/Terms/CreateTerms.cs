using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Branding;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Terms;

/// <summary>Says where the terms of use of an app client are, or its privacy policy. Pages for signing up
/// show both as soon as there are both.</summary>
public sealed class CreateTerms(
    Database database, PoolStore pools, ClientStore clients, TermsStore terms, RandomSource random)
    : IAdminOperation<CreateTermsRequest, CreateTermsResponse>
{
    /// <inheritdoc />
    public async Task<CreateTermsResponse> Execute(CreateTermsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var client = await clients.Get(pool.Id, request.ClientId, call.Cancelled);
        var created = TermsRules.New(
            client,
            random.Id(),
            new(request.TermsName, request.TermsSource, request.Enforcement, request.Links),
            call.Now);
        await database.Write(
            async transaction =>
            {
                if (!await clients.Hold(transaction, pool.Id, client.Id, call.Cancelled))
                    throw Reject.ClientNotFound(client.Id);
                if (!await terms.Insert(transaction, created, call.Cancelled))
                    throw BrandingRefusals.TermsExist(client.Id, created.Name);
            },
            call.Cancelled);
        return new() { Terms = created.Describe() };
    }
}
