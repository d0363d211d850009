using System.Reflection;
using Lifeguard.Worlds;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Lifeguard.Wire.Tests;

/// <summary>Runs a test on SQLite (in memory) and on PostgreSQL, where LIFEGUARD_TEST_POSTGRES names one.
/// Both must tell the same story, to the letter.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute : DataAttribute
{
    /// <summary>SQLite on a file as well: for tests of what happens at the same time, which depends on the
    /// way writers are put in order.</summary>
    public bool OnFile { get; init; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        new TheoryDataRow(DatabaseKind.Memory),
        .. OnFile ? (TheoryDataRow[])[new(DatabaseKind.Sqlite)] : [],
        new TheoryDataRow(DatabaseKind.Postgres)
        {
            Skip = ScratchDatabase.Postgres is null ? "LIFEGUARD_TEST_POSTGRES is not set" : null,
        },
    ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
