using Lifeguard.Clients;
using Lifeguard.Operations.Imports;
using Lifeguard.Worlds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

/// <summary>Wherever an import is interrupted, it comes to the same in the end.</summary>
public sealed class InterruptedImportTests
{
    private const string Hash = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu";

    [Theory, EachDatabase(OnFile = true)]
    public async Task Nodes_that_die_again_and_again_leave_nothing_out_and_do_nothing_twice(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Importing.PoolOfUsers(world);
        var file = CsvOfUsers.Make(2000, 200, Hash, "");
        var job = await world.Started(pool, file.Bytes, "BCRYPT");
        var random = new Random(20260306);
        var deaths = 0;

        while (true)
        {
            var writesLeft = random.Next(1, 6);
            // Dies between two batches: after a commit, and before the logs have been told of it.
            world.Logs.OnWrite = () => --writesLeft == 0 ? throw new NodeDied() : Task.CompletedTask;
            try
            {
                if (await Node(world).Next(CancellationToken.None)) break;
            }
            catch (NodeDied)
            {
                deaths++;
                Assert.False(await Node(world).Next(CancellationToken.None));
                world.Clock.Advance(RunImports.Lease);
            }
        }

        Assert.InRange(deaths, 3, 40);
        Assert.Equal(
            $"Succeeded {file.Imported}/{file.Skipped}/{file.Failed} Import Job Completed Successfully.",
            await job.Summary());
        Assert.Equal(file.Reasons, await ImportedRowsTests.Reasons(job));
        await ImportedRowsTests.MustBeWhole(world, file);
        // Each line at least once, and the same one each time.
        var lines = world.Logs.Written.SelectMany(batch => batch.Lines).Distinct().ToList();
        Assert.Equal(2000, lines.Count);
        Assert.Equal(2000, lines.Select(line => line.Split(' ')[3]).Distinct().Count());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task A_node_that_was_only_late_finds_out_and_lets_go(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Importing.PoolOfUsers(world);
        var file = CsvOfUsers.Make(1000, 50, Hash);
        var job = await world.Started(pool, file.Bytes, "BCRYPT");
        var late = Node(world);
        var other = Node(world);
        var isOvertaken = false;
        world.Logs.OnWrite = async () =>
        {
            if (isOvertaken) return;
            isOvertaken = true;
            world.Clock.Advance(RunImports.Lease);
            Assert.True(await other.Next(CancellationToken.None));
        };

        Assert.False(await late.Next(CancellationToken.None));

        Assert.Equal(
            $"Succeeded {file.Imported}/{file.Skipped}/{file.Failed} Import Job Completed Successfully.",
            await job.Summary());
        Assert.Equal(file.Reasons, await ImportedRowsTests.Reasons(job));
        await ImportedRowsTests.MustBeWhole(world, file);
    }

    [Fact]
    public async Task A_node_that_stops_leaves_the_job_to_others_at_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.PoolOfUsers(world);
        var job = await world.Started(pool, CsvOfUsers.Make(1000, 0).Bytes);
        using var stop = new CancellationTokenSource();
        world.Logs.OnWrite = stop.CancelAsync;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Node(world).Next(stop.Token));
        Assert.Equal("InProgress 100/0/0", await job.Summary());
        world.Logs.OnWrite = null;

        Assert.True(await Node(world).Next(CancellationToken.None));
        Assert.Equal("Succeeded 1000/0/0 Import Job Completed Successfully.", await job.Summary());
    }

    [Fact]
    public async Task A_job_whose_node_has_died_can_be_stopped()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.PoolOfUsers(world);
        var job = await world.Started(pool, CsvOfUsers.Make(1000, 0).Bytes);
        world.Logs.OnWrite = () => throw new NodeDied();
        await Assert.ThrowsAsync<NodeDied>(() => Node(world).Next(CancellationToken.None));
        world.Clock.Advance(RunImports.Lease);

        await world.Must("StopUserImportJob", job.Request);

        Assert.Equal("Stopped 100/0/0 The Import Job was stopped by the developer.", await job.Summary());
        Assert.False(await Node(world).Next(CancellationToken.None));
    }

    /// <summary>Another node on the same database.</summary>
    private static RunImports Node(World world) => ActivatorUtilities.CreateInstance<RunImports>(
        world.Get<IServiceProvider>(), NullLogger<RunImports>.Instance);

    private sealed class NodeDied : Exception;
}
