using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

public sealed class StartUserImportJobTests
{
    private static readonly byte[] File =
        Importing.File(Importing.Header, Importing.Row("ana", "ana@example.com"));

    [Theory, EachDatabase]
    public async Task Starts_a_job_whose_file_has_come(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var job = await world.Uploaded(await Importing.Pool(world), File);
        world.Transcript.Clear();

        await world.Call("StartUserImportJob", job.Request);
        await world.Call("StartUserImportJob", job.Request);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Needs_a_file_and_an_auto_verified_attribute()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var job = await world.Job(await Importing.Pool(world));
        var another = await world.Uploaded(await Importing.Pool(world, "plain"), File);

        Assert.Equal(
            "PreconditionNotMetException: No CSV file has been uploaded for the import job.",
            await world.LeavesNothing(() => world.Call("StartUserImportJob", job.Request)));
        Assert.Equal(
            "PreconditionNotMetException: The user pool has no auto-verified attribute.",
            await world.LeavesNothing(() => world.Call("StartUserImportJob", another.Request)));
    }

    [Fact]
    public async Task Only_one_job_is_active_in_the_whole_deployment()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var first = await world.Started(await Importing.Pool(world), File);
        var second = await world.Uploaded(await Importing.Pool(world), File);

        Assert.Equal(
            "PreconditionNotMetException: Another import job is active.",
            await world.LeavesNothing(() => world.Call("StartUserImportJob", second.Request)));
        await world.RunImports();
        Assert.Equal("Succeeded 1/0/0 Import Job Completed Successfully.", await first.Summary());
        await world.Must("StartUserImportJob", second.Request);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_starts_at_once_one_succeeds(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var jobs = new List<TestImport>();
        for (var i = 0; i < 4; i++) jobs.Add(await world.Uploaded(await Importing.Pool(world), File));

        var outcomes = await world.Burst(8, "StartUserImportJob", i => jobs[i % 4].Request);

        Assert.Equal(1, outcomes["200"]);
        Assert.Equal(7, outcomes["PreconditionNotMetException"]);
    }

    [Fact]
    public async Task A_job_is_started_once_and_in_time()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        var ended = await world.Started(pool, File);
        await world.RunImports();
        var late = await world.Uploaded(pool, File);
        world.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(
            "PreconditionNotMetException: The import job cannot be started. Current status is Succeeded",
            (await world.Call("StartUserImportJob", ended.Request)).ToString());
        Assert.Equal(
            "PreconditionNotMetException: The import job cannot be started. Current status is Expired",
            (await world.Call("StartUserImportJob", late.Request)).ToString());
    }

    [Fact]
    public async Task The_pool_stays_as_it_is_while_a_job_is_active()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await Importing.Pool(world), await Importing.Pool(world));
        await world.Started(pool, File);
        const string Refusal =
            "UserImportInProgressException: A user import job is in progress for the user pool.";

        Assert.Equal(Refusal, await Try("UpdateUserPool", pool));
        Assert.Equal(Refusal, await Try("DeleteUserPool", pool));
        Assert.Equal("200", await Try("UpdateUserPool", other));
        await world.RunImports();
        Assert.Equal("200", await Try("UpdateUserPool", pool));
        Assert.Equal("200", await Try("DeleteUserPool", pool));

        async Task<string> Try(string operation, TestPool which) =>
            (await world.Call(operation, new { UserPoolId = which.Id })).ToString();
    }

    [Fact]
    public async Task Refuses_what_is_no_job()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);

        Assert.Equal("ResourceNotFoundException", await Try(pool.Id, "import-Nowhere000"));
        Assert.Equal("ResourceNotFoundException", await Try("us-east-1_Nowhere00", "import-Nowhere000"));
        Assert.Equal("InvalidParameterException", await Try(pool.Id, "nothing"));

        async Task<string?> Try(string poolId, string jobId) => (await world.Call(
            "StartUserImportJob", new { UserPoolId = poolId, JobId = jobId })).Code;
    }
}
