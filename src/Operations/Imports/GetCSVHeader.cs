using Lifeguard.Contract;
using Lifeguard.Domain.Imports;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Imports;

/// <summary>The columns of a file with users of the pool.</summary>
public sealed class GetCSVHeader(PoolStore pools) : IAdminOperation<GetCSVHeaderRequest, GetCSVHeaderResponse>
{
    public async Task<GetCSVHeaderResponse> Execute(GetCSVHeaderRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        return new() { UserPoolId = pool.Id, CSVHeader = ImportHeader.For(pool) };
    }
}
