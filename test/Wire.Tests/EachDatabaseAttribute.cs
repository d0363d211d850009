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
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        new TheoryDataRow(DatabaseKind.Memory),
        new TheoryDataRow(DatabaseKind.Postgres)
        {
            Skip = ScratchDatabase.Postgres is null ? "LIFEGUARD_TEST_POSTGRES is not set" : null,
        },
    ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
