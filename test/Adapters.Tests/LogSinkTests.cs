using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lifeguard.Adapters.Tests;

public sealed class LogSinkTests : IDisposable
{
    private const string Group = "arn:aws:logs:us-east-1:000000000000:log-group:/pools/messages";
    private const string Secret = "a secret that two sides share";

    private static readonly LogBatch Batch = new(
        Group, "us-east-1_Pool", ["""{"a":["ü"]}""", "[SUCCEEDED] Line Number 2", "{broken"]);

    private static readonly string[] Records =
    [
        Record("""{"a":["ü"]}"""), Record("\"[SUCCEEDED] Line Number 2\""), Record("\"{broken\""),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lifeguard-logs-");
    private readonly FakeTimeProvider clock = new(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
    private readonly GuardedHttp http = new(TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string LogFile => Path.Combine(folder.FullName, "events.log");

    public void Dispose()
    {
        http.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Standard_output_gets_one_JSON_object_a_line()
    {
        await using var output = new StringWriter();

        await new StandardOutputLogSink(output).Write(Batch, Cancelled);

        Assert.Equal(string.Concat(Records.Select(record => record + "\n")), output.ToString());
    }

    [Fact]
    public async Task A_closed_output_is_a_refusal_and_no_crash()
    {
        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => new StandardOutputLogSink(new ClosedPipe()).Write(Batch, Cancelled));

        Assert.True(refusal.IsPermanent);
    }

    [Fact]
    public async Task What_would_break_a_line_stays_inside_it()
    {
        await using var output = new StringWriter();
        var batch = new LogBatch("d", "s", ["{\n\"a\":1}", "one\r\ntwo", "\"}", "[1]"]);

        await new StandardOutputLogSink(output).Write(batch, Cancelled);

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(
            batch.Lines, lines.Select(line => JsonNode.Parse(line)!["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_file_grows_at_its_end_and_belongs_to_its_owner_alone()
    {
        await new FileLogSink(LogFile).Write(Batch, Cancelled);
        await new FileLogSink(LogFile).Write(new("d", "s", ["x"]), Cancelled);

        var lines = await File.ReadAllLinesAsync(LogFile, Cancelled);
        Assert.Equal([.. Records, """{"destination":"d","stream":"s","message":"x"}"""], lines);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LogFile));
    }

    [Fact]
    public async Task A_file_that_would_grow_too_large_is_put_aside_and_the_oldest_dropped()
    {
        const int Length = 48;
        var sink = new FileLogSink(LogFile, maxBytes: 2 * Length);
        for (var number = 10; number < 30; number++)
            await sink.Write(new("d", "s", [$"{number}"]), Cancelled);

        string[] Read(string suffix) => [.. File.ReadLines(LogFile + suffix)
            .Select(line => JsonNode.Parse(line)!["message"]!.GetValue<string>())];

        Assert.Equal(["28", "29"], Read(""));
        Assert.Equal(["26", "27"], Read(".1"));
        Assert.Equal(["18", "19"], Read($".{FileLogSink.Kept}"));
        Assert.Equal(1 + FileLogSink.Kept, folder.GetFiles().Length);
    }

    [Fact]
    public async Task A_batch_larger_than_a_file_may_grow_is_written_all_the_same()
    {
        var sink = new FileLogSink(LogFile, maxBytes: 10);

        await sink.Write(Batch, Cancelled);

        Assert.Equal(Records, await File.ReadAllLinesAsync(LogFile, Cancelled));
    }

    [Fact]
    public async Task Lines_written_at_the_same_time_stay_whole()
    {
        var sink = new FileLogSink(LogFile, maxBytes: 2000);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(
            number => sink.Write(new("d", $"{number}", ["{\"n\":1}"]), Cancelled)));

        var streams = folder.GetFiles().SelectMany(file => File.ReadLines(file.FullName))
            .Select(line => JsonNode.Parse(line)!["stream"]!.GetValue<string>());
        Assert.Equal(50, streams.Distinct().Count());
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_a_refusal_without_the_reason_of_the_system()
    {
        var sink = new FileLogSink(Path.Combine(folder.FullName, "missing", "events.log"));

        var refusal = await Assert.ThrowsAsync<DeliveryException>(() => sink.Write(Batch, Cancelled));

        Assert.False(refusal.IsPermanent);
        Assert.Equal("The log file cannot be written (DirectoryNotFoundException).", refusal.Message);
    }

    [Fact]
    public async Task An_endpoint_gets_the_lines_signed()
    {
        await using var stub = await HttpStub.Start(202, "");

        await Http(stub.Address).Write(Batch, Cancelled);

        var request = stub.Requests.Single();
        var expected = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"1790000000.{request.Body}"));
        Assert.Equal(("POST", "application/x-ndjson"), (request.Method, request.Headers["Content-Type"]));
        Assert.Equal("v1=" + Convert.ToHexStringLower(expected), request.Headers["X-Lifeguard-Signature"]);
        Assert.Equal(Records, request.Body.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(413)]
    public async Task An_endpoint_that_refuses_for_good_is_not_asked_again(int status)
    {
        await using var stub = await HttpStub.Start(status, "no");

        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => Http(stub.Address).Write(Batch, Cancelled));

        Assert.True(refusal.IsPermanent);
        Assert.Equal($"The log endpoint answered with status {status}.", refusal.Message);
        Assert.Single(stub.Requests);
    }

    [Theory]
    [InlineData(500, 2)]
    [InlineData(429, 4)]
    [InlineData(408, 5)]
    public async Task An_endpoint_that_cannot_now_is_asked_again_with_growing_pauses(
        int status, int succeedsAt)
    {
        var attempts = 0;
        await using var stub = await HttpStub.Start(context =>
        {
            context.Response.StatusCode = ++attempts < succeedsAt ? status : 200;
            return Task.CompletedTask;
        });
        var impatient = new Impatient(clock);

        await Http(stub.Address, impatient).Write(Batch, Cancelled);

        Assert.Equal(succeedsAt, stub.Requests.Count);
        Assert.Equal(
            new[] { 1.0, 2, 4, 8 }.Take(succeedsAt - 1),
            impatient.Pauses.Select(pause => pause.TotalSeconds));
        Assert.Single(stub.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task An_endpoint_that_never_can_is_given_up()
    {
        await using var stub = await HttpStub.Start(503, "");

        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => Http(stub.Address, new Impatient(clock)).Write(Batch, Cancelled));

        Assert.False(refusal.IsPermanent);
        Assert.Equal(HttpLogSink.Tries, stub.Requests.Count);
    }

    [Theory]
    [InlineData(Group, "by arn")]
    [InlineData("arn:aws:logs:eu-west-1:111122223333:log-group:by-name", "by name")]
    [InlineData("arn:aws:firehose:us-east-1:000000000000:deliverystream/stream", "by stream")]
    [InlineData("arn:aws:s3:::bucket", "by bucket")]
    [InlineData("by-name", "by name")]
    [InlineData("/aws/cognito/userpools/us-east-1_Pool/river", "imports")]
    [InlineData("/aws/cognito/userpools/us-east-1_Mine/river", "mine")]
    [InlineData("arn:aws:logs:us-east-1:000000000000:log-group:/aws/cognito/userpools/x", "imports")]
    [InlineData("arn:aws:logs:eu-west-1:000000000000:log-group:/pools/messages", "others")]
    [InlineData("elsewhere", "others")]
    [InlineData("silent", null)]
    public async Task A_destination_finds_its_sink(string destination, string? expected)
    {
        var reached = new List<string>();
        ILogSink Named(string name) => new NamedSink(name, reached);
        var sink = new MappedLogSink(
            new Dictionary<string, ILogSink?>
            {
                [Group] = Named("by arn"),
                ["by-name"] = Named("by name"),
                ["stream"] = Named("by stream"),
                ["bucket"] = Named("by bucket"),
                ["/aws/cognito/userpools/*"] = Named("imports"),
                ["/aws/cognito/userpools/us-east-1_Mine/*"] = Named("mine"),
                ["silent"] = null,
            },
            Named("others"));

        await sink.Write(new(destination, "s", ["x"]), Cancelled);

        Assert.Equal(expected is null ? [] : [expected], reached);
    }

    [Fact]
    public async Task Without_a_sink_for_others_their_lines_are_dropped() =>
        await new MappedLogSink(new Dictionary<string, ILogSink?>(), others: null).Write(Batch, Cancelled);

    private static string Record(string message) =>
        $"{{\"destination\":\"{Group}\",\"stream\":\"us-east-1_Pool\",\"message\":{message}}}";

    private HttpLogSink Http(Uri address, TimeProvider? time = null) =>
        new(http, address, new(Secret, clock), time ?? clock);

    private sealed class NamedSink(string name, List<string> reached) : ILogSink
    {
        public Task Write(LogBatch batch, CancellationToken cancellation)
        {
            reached.Add(name);
            return Task.CompletedTask;
        }
    }

    private sealed class ClosedPipe : StringWriter
    {
        public override void Write(string? value) => throw new IOException("Broken pipe");
    }

    /// <summary>A clock on which pauses are over at once, while limits of ten seconds never are.</summary>
    private sealed class Impatient(TimeProvider inner) : TimeProvider
    {
        private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(9);

        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero || dueTime > LongestPause)
                return inner.CreateTimer(callback, state, dueTime, period);
            Pauses.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
