using System.Globalization;
using Lifeguard.Contract;
using Lifeguard.Operations.Flows;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Imports;

/// <summary>Lists the import jobs of a user pool, the newest first, ended ones included.</summary>
public sealed class ListUserImportJobs(
    PoolStore pools, ImportJobStore jobs, ImportView view, PageToken tokens)
    : IAdminOperation<ListUserImportJobsRequest, ListUserImportJobsResponse>
{
    /// <summary>A page has at most so many, whatever is asked for (doc).</summary>
    private const int MaxLimit = 50;

    public async Task<ListUserImportJobsResponse> Execute(ListUserImportJobsRequest request, Call call)
    {
        var pool = await pools.Get(request.UserPoolId, call.Cancelled);
        var after = request.PaginationToken is { } token
            ? Cursor(tokens.Open(nameof(ListUserImportJobs), pool.Id, token, call.Now))
            : null;
        var limit = Math.Min(request.MaxResults!.Value, MaxLimit);
        // One more than asked for tells whether another page follows.
        var found = await jobs.List(pool.Id, after, limit + 1, call.Cancelled);
        var page = found.Take(limit).ToList();

        return new()
        {
            UserImportJobs = [.. page.Select(job => view.Of(job.At(call.Now)))],
            PaginationToken = found.Count > limit
                ? tokens.Seal(
                    nameof(ListUserImportJobs), pool.Id,
                    $"{page[^1].CreatedAt.ToUnixTimeMilliseconds()}\0{page[^1].Id}", call.Now)
                : null,
        };
    }

    private static ImportCursor Cursor(string position)
    {
        var end = position.IndexOf('\0');
        return new(long.Parse(position[..end], CultureInfo.InvariantCulture), position[(end + 1)..]);
    }
}
