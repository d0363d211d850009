using Lifeguard.Operations.Imports;
using Lifeguard.Storage;

namespace Lifeguard.Server.Background;

/// <summary>Carries out import jobs, and removes what they leave behind.</summary>
internal sealed class ImportLoop(
    RunImports imports, ImportTidying tidying, TimeProvider clock, ILogger<ImportLoop> log) : Loop(clock, log)
{
    private readonly TimeProvider clock = clock;

    protected override TimeSpan Pause => TimeSpan.FromSeconds(1);

    protected override async Task<bool> Round(CancellationToken stopping) =>
        await imports.Next(stopping) | await tidying.Some(clock.GetUtcNow(), stopping);
}
