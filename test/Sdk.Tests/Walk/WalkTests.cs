using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Walk;

/// <summary>Every operation through the AWS SDK, and every error that the contract declares for it, by what
/// really causes it. What is expected stands in test/parts/walk.</summary>
public sealed class WalkTests(Grounds grounds) : IClassFixture<Grounds>
{
    [Fact]
    public async Task Every_operation_works_and_every_declared_error_has_its_cause_in_memory() =>
        (await grounds.Lead()).MustBeComplete();

    [Fact]
    public async Task Every_operation_works_and_every_declared_error_has_its_cause_on_PostgreSQL()
    {
        await using var database = await ScratchPostgres.Create(Available.Postgres);

        (await grounds.Lead("--database", database.ConnectionString)).MustBeComplete();
    }
}
