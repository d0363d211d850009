using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Imports;

/// <summary>Shows where an import job stands.</summary>
public sealed class DescribeUserImportJob(PoolStore pools, FindImportJob find, ImportView view)
    : IAdminOperation<DescribeUserImportJobRequest, DescribeUserImportJobResponse>
{
    public async Task<DescribeUserImportJobResponse> Execute(DescribeUserImportJobRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        return new() { UserImportJob = view.Of(await find.Get(pool, request.JobId, call)) };
    }
}
