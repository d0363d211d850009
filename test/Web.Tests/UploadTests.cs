using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace Lifeguard.Web.Tests;

/// <summary>Files of users at presigned addresses.</summary>
public sealed class UploadTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Header =
        "cognito:username,name,given_name,family_name,middle_name,nickname,preferred_username,profile,"
        + "picture,website,email,email_verified,gender,birthdate,zoneinfo,locale,phone_number,"
        + "phone_number_verified,address,updated_at,cognito:mfa_enabled\n";

    private const string Role = "arn:aws:iam::000000000000:role/logs";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_far_beyond_the_bound_of_other_bodies_is_taken_and_imported()
    {
        var job = await Job();
        var rows = string.Concat(Enumerable.Range(0, 2000).Select(i =>
            $"u{i},,,,,{new string('n', 100)},,,,,u{i}@example.com,TRUE,,,,,,,,,FALSE\n"));

        var answer = await Put(
            job.Url, new StringContent(Header + rows), ("x-amz-server-side-encryption", "aws:kms"));
        await server.Call("StartUserImportJob", job.Request);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("", answer.Body);
        Assert.Matches("^\"[0-9a-f-]{36}\"$", answer.Header("ETag"));
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Succeeded 2000", await EndOf(job));
    }

    [Fact]
    public async Task A_body_that_does_not_tell_its_length_is_taken_too()
    {
        var job = await Job();
        var content = new StreamContent(new Unseekable(Header.Length));

        Assert.Equal(HttpStatusCode.OK, (await Put(job.Url, content)).Status);
    }

    [Fact]
    public async Task A_file_that_is_too_long_is_refused_before_it_comes()
    {
        var job = await Job();
        var content = new StreamContent(new Unseekable(104_857_601));
        content.Headers.ContentLength = 104_857_601;

        // The answer comes while most of the body has not been sent.
        var request = new HttpRequestMessage(HttpMethod.Put, job.Url) { Content = content };
        request.Headers.ExpectContinue = true;
        var answer = await server.Send(request);

        Assert.Equal((HttpStatusCode.BadRequest, "EntityTooLarge"), (answer.Status, CodeOf(answer)));
    }

    [Theory]
    [InlineData("&X-Amz-Signature=", "&X-Amz-Signature=0", "SignatureDoesNotMatch")]
    [InlineData("X-Amz-Expires=899", "X-Amz-Expires=604800", "SignatureDoesNotMatch")]
    [InlineData("000000000000/", "111111111111/", "SignatureDoesNotMatch")]
    [InlineData("/import-", "/export-", "SignatureDoesNotMatch")]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=NONE", "AccessDenied")]
    [InlineData("?", "?nothing=", "AccessDenied")]
    public async Task A_changed_address_is_refused_as_S3_refuses_it(string part, string by, string code)
    {
        var job = await Job();

        var answer = await Put(
            job.Url.Replace(part, by, StringComparison.Ordinal), new StringContent(Header));

        Assert.Equal((HttpStatusCode.Forbidden, code), (answer.Status, CodeOf(answer)));
        Assert.Equal("application/xml", answer.Header("Content-Type"));
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>", answer.Body);
    }

    [Fact]
    public async Task Only_files_are_put_and_pages_may_do_it()
    {
        var job = await Job();

        var get = await server.Get(job.Url);
        var preflight = await server.Send(
            HttpMethod.Options, job.Url, null,
            ("Access-Control-Request-Headers", "x-amz-server-side-encryption"));

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "MethodNotAllowed"), (get.Status, CodeOf(get)));
        Assert.Equal("PUT", preflight.Header("Access-Control-Allow-Methods"));
        Assert.Equal("x-amz-server-side-encryption", preflight.Header("Access-Control-Allow-Headers"));
    }

    private async Task<UploadJob> Job()
    {
        var pool = Read(await server.Call(
            "CreateUserPool", """{"PoolName":"p","AutoVerifiedAttributes":["email"]}"""));
        var poolId = pool.GetProperty("UserPool").GetProperty("Id").GetString()!;
        var job = Read(await server.Call(
            "CreateUserImportJob",
            $$"""
            {"UserPoolId":"{{poolId}}","JobName":"j","CloudWatchLogsRoleArn":"{{Role}}"}
            """)).GetProperty("UserImportJob");
        return new(
            poolId, job.GetProperty("JobId").GetString()!, job.GetProperty("PreSignedUrl").GetString()!);
    }

    /// <summary>Status and imported users, once it has ended.</summary>
    private async Task<string> EndOf(UploadJob job)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(Stop))
        {
            var now = Read(await server.Call("DescribeUserImportJob", job.Request))
                .GetProperty("UserImportJob");
            if (now.TryGetProperty("CompletionDate", out _))
                return $"{now.GetProperty("Status")} {now.GetProperty("ImportedUsers")}";
        }

        return "";
    }

    private Task<Answer> Put(
        string url, HttpContent content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = content };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return server.Send(request);
    }

    private static JsonElement Read(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.Clone();
    }

    private static string CodeOf(Answer answer) => XDocument.Parse(answer.Body).Root!.Element("Code")!.Value;

    private sealed record UploadJob(string PoolId, string Id, string Url)
    {
        public string Request => $$"""{"UserPoolId":"{{PoolId}}","JobId":"{{Id}}"}""";
    }

    /// <summary>Bytes whose number nobody can know before.</summary>
    private sealed class Unseekable(long length) : Stream
    {
        private long left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(left, count);
            left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
