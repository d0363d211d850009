using System.Globalization;
using Lifeguard.Clients;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Imports;
using Lifeguard.Operations.Imports;
using Lifeguard.Protocol.SigV4;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

/// <summary>Imports whose files come through a bucket of the operator's.</summary>
public sealed class BucketImportTests
{
    private static readonly SigV4Credentials Credentials = new("AKIAIMPORT", "a-secret-of-the-bucket");

    [Theory, EachDatabase]
    public async Task The_file_goes_to_the_bucket_and_is_read_from_there_in_ranges(DatabaseKind kind)
    {
        await using var world = await Start(kind);
        var bucket = new Bucket(world);
        var pool = await Importing.PoolOfUsers(world);
        var job = await world.Job(pool);
        var file = CsvOfUsers.Make(15_000, 30);

        Assert.Matches(
            $@"^http://s3\.test/users/000000000000/{pool.Id}/{job.Id}\?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Date=20260306T040509Z&X-Amz-SignedHeaders=host%3Bx-amz-server-side-encryption"
            + "&X-Amz-Expires=899&X-Amz-Credential=AKIAIMPORT%2F20260306%2Feu-west-1%2Fs3%2Faws4_request"
            + "&X-Amz-Signature=[0-9a-f]{64}$",
            job.Url);
        Assert.Equal(
            "PreconditionNotMetException: No CSV file has been uploaded for the import job.",
            (await world.Call("StartUserImportJob", job.Request)).ToString());
        bucket.Put(job, file.Bytes);
        await world.Must("StartUserImportJob", job.Request);
        await world.RunImports();

        Assert.Equal(
            $"Succeeded {file.Imported}/{file.Skipped}/{file.Failed} Import Job Completed Successfully.",
            await job.Summary());
        Assert.True(file.Bytes.Length > 1024 * 1024);
        Assert.InRange(bucket.LargestAnswer, 1, 1024 * 1024);
        Assert.Empty(bucket.Objects);
        Assert.Equal(0, await RowCounts.Of(world, "user_import_chunk"));
    }

    [Fact]
    public async Task A_file_that_changes_after_the_start_fails_the_job()
    {
        await using var world = await Start(DatabaseKind.Memory);
        var bucket = new Bucket(world);
        var job = await world.Job(await Importing.PoolOfUsers(world));
        bucket.Put(job, CsvOfUsers.Make(10, 0).Bytes);
        await world.Must("StartUserImportJob", job.Request);
        bucket.Put(job, CsvOfUsers.Make(20, 0).Bytes);

        await world.RunImports();

        Assert.Equal(
            "Failed 0/0/0 The CSV file was changed after the job had been started.", await job.Summary());
    }

    [Fact]
    public async Task A_bucket_that_does_not_answer_starts_nothing_and_ends_nothing()
    {
        await using var world = await Start(DatabaseKind.Memory);
        var bucket = new Bucket(world);
        var job = await world.Job(await Importing.PoolOfUsers(world));
        bucket.Put(job, CsvOfUsers.Make(10, 0).Bytes);
        bucket.IsDown = true;

        Assert.Equal(
            "PreconditionNotMetException: The uploaded CSV file cannot be reached.",
            (await world.Call("StartUserImportJob", job.Request)).ToString());
        bucket.IsDown = false;
        await world.Must("StartUserImportJob", job.Request);
        bucket.IsDown = true;
        await Assert.ThrowsAsync<HttpRequestException>(world.RunImports);
        Assert.Equal("InProgress 0/0/0", await job.Summary());
        bucket.IsDown = false;
        await world.RunImports();
        Assert.Equal("Succeeded 10/0/0 Import Job Completed Successfully.", await job.Summary());
    }

    [Fact]
    public async Task A_file_that_is_too_long_is_not_even_started_and_an_empty_one_fails()
    {
        await using var world = await Start(DatabaseKind.Memory);
        var bucket = new Bucket(world);
        var pool = await Importing.PoolOfUsers(world);
        var (large, empty) = (await world.Job(pool), await world.Job(pool));
        bucket.Put(large, [1]);
        bucket.Put(empty, []);
        bucket.PretendedLength = ImportJob.MaxFileBytes + 1;

        Assert.Equal(
            "PreconditionNotMetException: The uploaded CSV file is longer than 104857600 bytes.",
            (await world.Call("StartUserImportJob", large.Request)).ToString());
        await world.Must("StartUserImportJob", empty.Request);
        await world.RunImports();
        Assert.Equal("Failed 0/0/0 The CSV file has no header.", await empty.Summary());
    }

    [Fact]
    public async Task The_own_address_takes_no_files_then()
    {
        await using var world = await Start(DatabaseKind.Memory);
        var job = await world.Job(await Importing.PoolOfUsers(world));
        var own = "http://127.0.0.1:9229/_import/000000000000/" + job.Pool.Id + "/" + job.Id
            + new Uri(job.Url).Query;

        var answer = await job.UploadTo(own, [1]);

        Assert.Equal("SignatureDoesNotMatch", ((UploadAnswer.Refused)answer).Code);
    }

    private static Task<World> Start(DatabaseKind kind) => World.Start(
        kind,
        imports: new(new("users", "eu-west-1", new("http://s3.test"), Credentials, "aws:kms")));

    /// <summary>As much of S3 as imports use. Every request must be signed.</summary>
    private sealed class Bucket
    {
        private readonly World world;
        private int versions;

        public Bucket(World world)
        {
            this.world = world;
            world.Get<ScriptedHttp>().Answer = Answer;
        }

        public Dictionary<string, (byte[] Content, string Tag)> Objects { get; } = [];

        public bool IsDown { get; set; }

        public long? PretendedLength { get; set; }

        public int LargestAnswer { get; private set; }

        public void Put(TestImport job, byte[] content) =>
            Objects[new Uri(job.Url).AbsolutePath] = (content, $"\"{++versions}\"");

        private OutboundAnswer Answer(OutboundRequest request)
        {
            if (IsDown) throw new HttpRequestException("The bucket is down.");
            MustBeSigned(request);
            Assert.Equal(OutboundTrust.Operator, request.Trust);
            var path = request.Address.AbsolutePath;
            if (!Objects.TryGetValue(path, out var stored)) return Of(404);
            if (request.Method == HttpMethod.Delete)
            {
                Objects.Remove(path);
                return Of(204);
            }

            Assert.Equal(HttpMethod.Get, request.Method);
            if (Header(request, "If-Match") is { } tag && tag != stored.Tag) return Of(412);
            return Part(request, stored.Content, stored.Tag);
        }

        private OutboundAnswer Part(OutboundRequest request, byte[] content, string tag)
        {
            var range = Header(request, "Range")!["bytes=".Length..].Split('-')
                .Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            if (range[0] >= content.Length) return Of(416);
            var part = content[range[0]..Math.Min(range[1] + 1, content.Length)];
            LargestAnswer = Math.Max(LargestAnswer, part.Length);
            var total = PretendedLength ?? content.Length;
            return new(
                206,
                new Dictionary<string, string>
                {
                    ["ETag"] = tag,
                    ["Content-Range"] = $"bytes {range[0]}-{range[0] + part.Length - 1}/{total}",
                },
                part);
        }

        private void MustBeSigned(OutboundRequest request)
        {
            string? Find(string name) => name == "host" ? request.Address.Authority : Header(request, name);
            var signed = new SigV4Request(
                request.Method.Method, request.Address.AbsolutePath, "", Find, request.Body);
            Assert.True(SigV4Verifier.TryRead(signed, out var claim, out _));
            Assert.Contains("x-amz-content-sha256", claim.SignedHeaders);
            Assert.Null(SigV4Verifier.Verify(
                signed, claim, Credentials.SecretAccessKey, "eu-west-1", "s3", world.Clock.GetUtcNow()));
        }

        private static string? Header(OutboundRequest request, string name) => request.Headers
            .FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

        private static OutboundAnswer Of(int status) =>
            new(status, new Dictionary<string, string>(), ReadOnlyMemory<byte>.Empty);
    }
}
