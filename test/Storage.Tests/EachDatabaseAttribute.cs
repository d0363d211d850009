using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Lifeguard.Storage.Tests;

/// <summary>
/// Runs a test on each database: in memory, on a SQLite file, and on PostgreSQL where LIFEGUARD_TEST_POSTGRES
/// holds a connection string that may create databases.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        new TheoryDataRow(DatabaseKind.Memory),
        new TheoryDataRow(DatabaseKind.Sqlite),
        new TheoryDataRow(DatabaseKind.Postgres)
        {
            Skip = Stores.Postgres is null ? "LIFEGUARD_TEST_POSTGRES is not set" : null,
        },
    ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

public enum DatabaseKind
{
    Memory,
    Sqlite,
    Postgres,
}
