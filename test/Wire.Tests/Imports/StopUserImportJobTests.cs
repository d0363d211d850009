using System.Text.Json;
using Lifeguard.Clients;
using Lifeguard.Operations.Imports;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

public sealed class StopUserImportJobTests
{
    private static readonly byte[] File =
        Importing.File(Importing.Header, Importing.Row("ana", "ana@example.com"));

    [Theory, EachDatabase]
    public async Task Stops_a_job_that_nobody_has_in_hands_at_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var job = await world.Started(await Importing.Pool(world), File);
        world.Transcript.Clear();

        await world.Call("StopUserImportJob", job.Request);
        await world.Call("StopUserImportJob", job.Request);
        await world.Call("StartUserImportJob", job.Request);

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task A_running_job_stops_after_the_batch_at_hand_and_keeps_what_is_done(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Importing.PoolOfUsers(world);
        var job = await world.Started(pool, CsvOfUsers.Make(1000, 0).Bytes);
        var answers = new List<string>();
        // Logs are written between two batches.
        world.Logs.OnWrite = async () =>
        {
            if (answers.Count > 0) return;
            var answer = await world.Send("StopUserImportJob", JsonSerializer.Serialize(job.Request));
            answers.Add(answer["UserImportJob"]!["Status"]!.GetValue<string>());
            answers.Add(await job.Summary());
        };

        await world.RunImports();

        Assert.Equal(["Stopping", "Stopping 100/0/0"], answers);
        Assert.Equal("Stopped 100/0/0 The Import Job was stopped by the developer.", await job.Summary());
        Assert.Equal(100, await RowCounts.Of(world, "users"));
        Assert.False(await world.Get<RunImports>().Next(CancellationToken.None));
    }

    [Fact]
    public async Task Only_a_started_job_can_be_stopped()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        var created = await world.Uploaded(pool, File);
        var ended = await world.Started(pool, File);
        await world.RunImports();

        Assert.Equal(
            "PreconditionNotMetException: The import job cannot be stopped. Current status is Created",
            await world.LeavesNothing(() => world.Call("StopUserImportJob", created.Request)));
        Assert.Equal(
            "PreconditionNotMetException: The import job cannot be stopped. Current status is Succeeded",
            await world.LeavesNothing(() => world.Call("StopUserImportJob", ended.Request)));
        Assert.Equal("ResourceNotFoundException", (await world.Call(
            "StopUserImportJob", new { UserPoolId = pool.Id, JobId = "import-Nowhere000" })).Code);
        Assert.Equal("ResourceNotFoundException", (await world.Call(
            "StopUserImportJob", new { UserPoolId = "us-east-1_Nowhere00", JobId = ended.Id })).Code);
    }
}
