using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Groups;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Terms;

/// <summary>Lists the terms of all app clients of a pool.</summary>
public sealed class ListTerms(PoolStore pools, TermsStore terms, PageToken tokens)
    : IAdminOperation<ListTermsRequest, ListTermsResponse>
{
    /// <inheritdoc />
    public async Task<ListTermsResponse> Execute(ListTermsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var page = new Listing(nameof(ListTerms), pool.Id, request.MaxResults, request.NextToken);
        var after = page.Position(tokens, call.Now);
        var found = await terms.List(pool.Id, after, page.Size + 1, call.Cancelled);
        return new()
        {
            Terms =
            [
                .. found.Take(page.Size).Select(each => new TermsDescriptionType
                {
                    TermsId = each.Id,
                    TermsName = each.Name,
                    Enforcement = each.Enforcement,
                    CreationDate = each.CreatedAt,
                    LastModifiedDate = each.ModifiedAt,
                }),
            ],
            NextToken = page.Next(tokens, found, each => each.Id, call.Now),
        };
    }
}
