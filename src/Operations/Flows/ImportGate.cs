using Lifeguard.Domain;
using Lifeguard.Domain.Imports;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Flows;

/// <summary>Keeps a pool as it is while users are being imported into it (doc).</summary>
public sealed class ImportGate(ImportJobStore jobs)
{
    /// <summary>Refuses a change of the pool while an import job is active.</summary>
    /// <exception cref="ApiException">UserImportInProgressException.</exception>
    public async Task MustBeIdle(UserPool pool, Call call)
    {
        if (await jobs.IsActive(pool.Id, call.Cancelled)) throw ImportWords.InProgress();
    }
}
