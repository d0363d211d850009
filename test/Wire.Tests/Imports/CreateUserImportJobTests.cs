using System.Text.Json.Nodes;
using Lifeguard.Contract;
using Lifeguard.Domain.Imports;
using Lifeguard.Operations.Imports;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

public sealed class CreateUserImportJobTests
{
    [Theory, EachDatabase]
    public async Task Makes_a_job_that_waits_for_its_file(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Importing.Pool(world);
        world.Transcript.Clear();

        await world.Call("CreateUserImportJob", Request(pool, new { PasswordHashingAlgorithm = "BCRYPT" }));
        await world.Call("CreateUserImportJob", Request(pool));

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Gives_out_an_address_like_the_services()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);

        var job = await world.Job(pool);

        Assert.Matches("^import-[0-9a-zA-Z]{10}$", job.Id);
        Assert.Matches(
            $@"^http://127\.0\.0\.1:9229/_import/000000000000/{pool.Id}/{job.Id}"
            + @"\?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260306T040509Z&X-Amz-SignedHeaders=host"
            + "&X-Amz-Expires=899&X-Amz-Credential=lifeguard%2F20260306%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Signature=[0-9a-f]{64}$",
            job.Url);
    }

    [Fact]
    public async Task The_address_is_good_for_a_quarter_of_an_hour_and_for_this_job_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        var job = await world.Job(pool);
        var other = await world.Job(pool, name: "second");
        var file = Importing.File(Importing.Header);

        Assert.Equal("SignatureDoesNotMatch", await Try(job.Url.Replace(job.Id, other.Id)));
        Assert.Equal("SignatureDoesNotMatch", await Try(job.Url.Replace("000000000000", "000000000001")));
        Assert.Equal("SignatureDoesNotMatch", await Try(job.Url.Replace(pool.Id, "us-east-1_Nowhere00")));
        Assert.Equal("SignatureDoesNotMatch", await Try(job.Url.Replace("Expires=899", "Expires=900")));
        Assert.Equal("SignatureDoesNotMatch", await Try(job.Url.Replace("T040509Z", "T050509Z")));
        Assert.Equal("SignatureDoesNotMatch", await Try(job.Url[..^1] + (job.Url[^1] == '0' ? '1' : '0')));
        Assert.Equal("AccessDenied", await Try(job.Url[..job.Url.IndexOf("&X-Amz-Signature")]));
        Assert.Equal("AccessDenied", await Try(job.Url[..job.Url.IndexOf('?')] + "?"));
        world.Clock.Advance(TimeSpan.FromSeconds(899));
        Assert.Equal("taken", await Try(job.Url));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("AccessDenied", await Try(job.Url));

        async Task<string> Try(string url) =>
            await job.UploadTo(url, file) is UploadAnswer.Refused refused ? refused.Code : "taken";
    }

    [Fact]
    public async Task A_later_file_replaces_an_earlier_one_until_the_job_is_started()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        var job = await world.Uploaded(
            pool, Importing.File(Importing.Header, Importing.Row("old", "old@example.com")));
        await job.Upload(Importing.File(Importing.Header, Importing.Row("ana", "ana@example.com")));
        await world.Must("StartUserImportJob", job.Request);

        var late = await job.Upload(Importing.File(Importing.Header));
        await world.RunImports();

        Assert.Equal("AccessDenied", ((UploadAnswer.Refused)late).Code);
        Assert.Equal("Succeeded 1/0/0 Import Job Completed Successfully.", await job.Summary());
        Assert.Equal("RESET_REQUIRED", await pool.StatusOf("ana"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_two_uploads_at_once_one_counts_and_it_is_whole(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Importing.Pool(world);
        var job = await world.Job(pool);
        byte[][] files = [Large('a'), Large('b'), Large('c')];

        var answers = await Task.WhenAll(files.Select(file => Task.Run(() => job.Upload(file))));

        Assert.Contains(answers, answer => answer is UploadAnswer.Taken);
        Assert.All(answers, answer => Assert.True(
            answer is UploadAnswer.Taken or UploadAnswer.Refused { Code: "OperationAborted" }));
        var stored = (await world.Get<ImportJobStore>().Find(pool.Id, job.Id, CancellationToken.None))!;
        var kept = await Kept(world, stored);
        Assert.Contains(files, file => kept.SequenceEqual(file));
        // Nothing else is left.
        Assert.Equal(6, await RowCounts.Of(world, "user_import_chunk"));
    }

    [Fact]
    public async Task A_file_has_its_greatest_length()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var job = await world.Job(await Importing.Pool(world));
        var path = new Uri(job.Url);
        var target = new UploadTarget("000000000000", job.Pool.Id, job.Id);
        var upload = world.Get<UploadFile>();

        async Task<UploadAnswer> Try(long length) =>
            await upload.Admit(target, path.Query[1..], length, CancellationToken.None);

        Assert.IsType<UploadAnswer.Admitted>(await Try(104_857_600));
        Assert.Equal("EntityTooLarge", ((UploadAnswer.Refused)await Try(104_857_601)).Code);
        // Also where it did not say so before.
        var admitted = (UploadAnswer.Admitted)await upload.Admit(
            target, path.Query[1..], null, CancellationToken.None);
        var answer = await upload.Receive(admitted.Job, new Endless(), CancellationToken.None);
        Assert.Equal("EntityTooLarge", ((UploadAnswer.Refused)answer).Code);
    }

    [Theory]
    [InlineData("UserPoolId", "us-east-1_Nowhere00", "ResourceNotFoundException")]
    [InlineData("JobName", "", "InvalidParameterException")]
    [InlineData("JobName", "a/b", "InvalidParameterException")]
    [InlineData("CloudWatchLogsRoleArn", "no-arn", "InvalidParameterException")]
    [InlineData("PasswordHashingAlgorithm", "MD5", "InvalidParameterException")]
    public async Task Refuses_what_is_out_of_bounds(string member, string value, string error)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        var request = Request(pool);
        request[member] = value;

        Assert.Equal(error, (await world.Call("CreateUserImportJob", request)).Code);
    }

    [Fact]
    public async Task A_pool_has_at_most_a_thousand_jobs()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        var jobs = world.Get<ImportJobStore>();
        await world.Database.Write(
            async transaction =>
            {
                for (var i = 1; i < 1000; i++)
                {
                    await jobs.Insert(
                        transaction,
                        new ImportJob
                        {
                            PoolId = pool.Id,
                            Id = $"import-{i}",
                            Name = "old",
                            LogsRoleArn = Importing.Role,
                            Status = UserImportJobStatusType.Created,
                            CreatedAt = World.Beginning,
                            Place = ImportPlace.Database,
                        },
                        CancellationToken.None);
                }
            },
            CancellationToken.None);

        await world.Must("CreateUserImportJob", Request(pool));
        Assert.Equal(
            "LimitExceededException: A user pool can have at most 1000 import jobs.",
            (await world.Call("CreateUserImportJob", Request(pool))).ToString());
    }

    private static JsonObject Request(TestPool pool, object? more = null) => Calls.Merge(
        new { UserPoolId = pool.Id, JobName = "first", CloudWatchLogsRoleArn = Importing.Role }, more);

    private static byte[] Large(char filling) =>
        [.. Enumerable.Repeat((byte)filling, 5 * ImportFileStore.ChunkLength + 1)];

    private static async Task<byte[]> Kept(World world, ImportJob job)
    {
        var whole = new MemoryStream();
        for (var number = 0; whole.Length < job.Size; number++)
            whole.Write(await world.Get<ImportFileStore>().Read(job, number, CancellationToken.None));
        return whole.ToArray();
    }

    /// <summary>A body that has no end.</summary>
    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
