using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

public sealed class ListUserImportJobsTests
{
    [Theory, EachDatabase]
    public async Task Shows_the_newest_jobs_first_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Importing.Pool(world);
        for (var i = 1; i <= 3; i++)
        {
            await world.Job(pool, name: $"job {i}");
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        world.Transcript.Clear();

        var page = await world.Call("ListUserImportJobs", new { UserPoolId = pool.Id, MaxResults = 2 });
        await world.Call("ListUserImportJobs", new
        {
            UserPoolId = pool.Id,
            MaxResults = 2,
            PaginationToken = page["PaginationToken"]!.GetValue<string>(),
        });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(60)]
    public async Task Shows_each_job_once_also_those_of_one_instant(int size)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        await world.Job(await Importing.Pool(world));
        var made = new List<string>();
        for (var i = 0; i < 5; i++) made.Add((await world.Job(pool)).Id);

        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await world.Must(
                "ListUserImportJobs",
                new { UserPoolId = pool.Id, MaxResults = size, PaginationToken = token });
            var ids = page["UserImportJobs"]!.AsArray()
                .Select(job => job!["JobId"]!.GetValue<string>()).ToList();
            Assert.InRange(ids.Count, 1, size);
            seen.AddRange(ids);
            token = page["PaginationToken"]?.GetValue<string>();
        }
        while (token is not null);

        Assert.Equal(made.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_has_at_most_fifty_jobs()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        for (var i = 0; i < 51; i++) await world.Job(pool);

        var page = await world.Must("ListUserImportJobs", new { UserPoolId = pool.Id, MaxResults = 60 });

        Assert.Equal(50, page["UserImportJobs"]!.AsArray().Count);
        Assert.NotNull(page["PaginationToken"]);
    }

    [Fact]
    public async Task Is_empty_without_jobs_and_refuses_what_it_did_not_give_out()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await Importing.Pool(world), await Importing.Pool(world));
        Assert.Equal(
            """{"UserImportJobs":[]}""",
            (await world.Must("ListUserImportJobs", new { UserPoolId = pool.Id, MaxResults = 5 }))
                .Body!.ToJsonString());
        for (var i = 0; i < 2; i++) await world.Job(pool);
        var token = (await world.Must("ListUserImportJobs", new { UserPoolId = pool.Id, MaxResults = 1 }))
            ["PaginationToken"]!.GetValue<string>();

        Assert.Equal("InvalidParameterException", await Try(pool.Id, "garbage"));
        Assert.Equal("InvalidParameterException", await Try(other.Id, token));
        Assert.Null(await Try(pool.Id, token));
        Assert.Equal("ResourceNotFoundException", await Try("us-east-1_Nowhere00", null));
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("InvalidParameterException", await Try(pool.Id, token));

        async Task<string?> Try(string poolId, string? given) => (await world.Call(
            "ListUserImportJobs",
            new { UserPoolId = poolId, MaxResults = 1, PaginationToken = given })).Code;
    }
}
