using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

public sealed class DescribeUserImportJobTests
{
    [Theory, EachDatabase]
    public async Task Shows_a_job_from_its_creation_to_its_end(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Importing.Pool(world);
        await pool.ConfirmedUser("ana", "old@example.com");
        var job = await world.Job(pool);
        world.Transcript.Clear();

        await world.Call("DescribeUserImportJob", job.Request);
        await job.Upload(Importing.File(
            Importing.Header,
            Importing.Row("bob", "bob@example.com"),
            Importing.Row("cid", "cid@example.com"),
            Importing.Row("ana", "ana@example.com"),
            Importing.Row("dan", "dan@example.com", verified: "FALSE")));
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.Must("StartUserImportJob", job.Request);
        world.Clock.Advance(TimeSpan.FromSeconds(5));
        await world.RunImports();
        await world.Call("DescribeUserImportJob", job.Request);
        await world.Call("AdminGetUser", new { UserPoolId = pool.Id, Username = "bob" });

        world.Transcript.ShouldMatchApproved();
        Assert.Empty(world.Email.Sent);
        Assert.Empty(world.Triggers.Events);
    }

    [Fact]
    public async Task A_job_that_nobody_starts_expires_after_a_day()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        var job = await world.Uploaded(pool, Importing.File(Importing.Header));

        world.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("Created 0/0/0", await job.Summary());
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("Expired 0/0/0 The user import job has expired.", await job.Summary());

        // The same once it has been tidied up, of which callers see nothing.
        Assert.Equal(1, await RowCounts.Of(world, "user_import_chunk"));
        while (await world.Get<ImportTidying>().Some(world.Clock.GetUtcNow(), CancellationToken.None))
        {
        }

        Assert.Equal("Expired 0/0/0 The user import job has expired.", await job.Summary());
        Assert.Equal(0, await RowCounts.Of(world, "user_import_chunk"));
    }

    [Fact]
    public async Task Refuses_what_is_no_job_of_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await Importing.Pool(world), await Importing.Pool(world));
        var job = await world.Job(pool);

        Assert.Equal(
            "ResourceNotFoundException: User import job import-Nowhere000 does not exist.",
            await Try(pool.Id, "import-Nowhere000"));
        Assert.Equal(
            $"ResourceNotFoundException: User import job {job.Id} does not exist.",
            await Try(other.Id, job.Id));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.",
            await Try("us-east-1_Nowhere00", job.Id));
        Assert.StartsWith("InvalidParameterException", await Try(pool.Id, "job-1"));

        async Task<string> Try(string poolId, string jobId) => (await world.Call(
            "DescribeUserImportJob", new { UserPoolId = poolId, JobId = jobId })).ToString();
    }
}
