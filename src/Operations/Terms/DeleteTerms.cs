using Lifeguard.Contract;
using Lifeguard.Domain.Branding;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Terms;

/// <summary>Deletes terms. Pages for signing up show none from then on, the other document
/// included.</summary>
public sealed class DeleteTerms(Database database, PoolStore pools, TermsStore terms)
    : IAdminOperation<DeleteTermsRequest, NoContent>
{
    /// <inheritdoc />
    public async Task<NoContent> Execute(DeleteTermsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        await database.Write(
            async transaction =>
            {
                if (!await terms.Delete(transaction, pool.Id, request.TermsId, call.Cancelled))
                    throw BrandingRefusals.TermsNotFound(request.TermsId);
            },
            call.Cancelled);
        return NoContent.Instance;
    }
}
