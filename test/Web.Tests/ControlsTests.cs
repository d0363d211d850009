using System.Net;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Web.Dev;
using Microsoft.Extensions.DependencyInjection;

namespace Lifeguard.Web.Tests;

public sealed class ControlsTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Clock = "/_lifeguard/clock";
    private const string Codes = "/_lifeguard/codes";

    private DevClock DevClock => server.Parts.GetRequiredService<DevClock>();

    private ConfirmationCodes ConfirmationCodes => server.Parts.GetRequiredService<ConfirmationCodes>();

    [Fact]
    public async Task Says_what_is_not_there_and_what_cannot_be_done_with_what_is()
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Options })
            Assert.Equal(HttpStatusCode.NotFound, (await server.Send(method, "/_lifeguard/nope")).Status);

        var refused = await server.Send(HttpMethod.Post, "/_lifeguard/inbox");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.Status);
        Assert.Equal("DELETE,GET,OPTIONS", refused.Header("Allow"));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:9229")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("[2001:db8::1]")]
    public async Task Refuses_names_that_only_resolve_to_this_machine(string host)
    {
        string[] paths = ["/_lifeguard/inbox", Clock, "/_lifeguard/triggers", "/inbox", "/inbox/1"];
        foreach (var path in paths)
            Assert.Equal(HttpStatusCode.Forbidden, (await server.Get(path, ("Host", host))).Status);
    }

    [Theory]
    [InlineData("localhost:9229")]
    [InlineData("LOCALHOST")]
    [InlineData("demo.auth.us-east-1.localhost:9229")]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]:9229")]
    public async Task Takes_names_of_this_machine(string host) =>
        Assert.Equal(HttpStatusCode.OK, (await server.Get(Clock, ("Host", host))).Status);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://localhost@evil.example")]
    [InlineData("http://127.0.0.1.evil.example:9229")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("http://localhost/path")]
    public async Task Refuses_pages_of_other_origins(string origin)
    {
        DevClock.Reset();
        var answer = await server.Send(HttpMethod.Post, Clock, """{"advance":3600}""", ("Origin", origin));
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(TimeSpan.Zero, DevClock.Offset);
        var preflight = await server.Send(HttpMethod.Options, Clock, null, ("Origin", origin));
        Assert.Equal(HttpStatusCode.Forbidden, preflight.Status);
    }

    [Fact]
    public async Task Refuses_what_the_browser_calls_cross_site() => Assert.Equal(
        HttpStatusCode.Forbidden, (await server.Get(Clock, ("Sec-Fetch-Site", "cross-site"))).Status);

    [Fact]
    public async Task Lets_an_application_under_development_in()
    {
        const string origin = "http://localhost:3000";
        var answer = await server.Get(Clock, ("Origin", origin));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(origin, answer.Header("Access-Control-Allow-Origin"));
        var preflight = await server.Send(
            HttpMethod.Options, Clock, null, ("Origin", origin), ("Access-Control-Request-Method", "PUT"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.Status);
        Assert.Contains("PUT", preflight.Header("Access-Control-Allow-Methods"));
    }

    [Theory]
    [InlineData("""{"now":1767225600}""", "2026-01-01T00:00:00")]
    [InlineData("""{"now":"2030-05-06T07:08:09Z"}""", "2030-05-06T07:08:09")]
    [InlineData("""{"now":"2030-05-06T07:08:09+02:00"}""", "2030-05-06T05:08:09")]
    public async Task Sets_the_clock(string body, string expected)
    {
        var answer = await server.Send(HttpMethod.Put, Clock, body);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        using var json = JsonDocument.Parse(answer.Body);
        Assert.StartsWith(expected, json.RootElement.GetProperty("iso").GetString());
        DevClock.Reset();
    }

    [Theory]
    [InlineData("""{"advance":90}""", 90)]
    [InlineData("""{"advance":-1.5}""", -1.5)]
    [InlineData("""{"advance":"PT1H"}""", 3600)]
    [InlineData("""{"advance":"P1DT1M"}""", 86460)]
    public async Task Moves_the_clock(string body, double seconds)
    {
        DevClock.Reset();
        Assert.Equal(HttpStatusCode.OK, (await server.Send(HttpMethod.Post, Clock, body)).Status);
        Assert.Equal(seconds, DevClock.Offset.TotalSeconds, tolerance: 0.5);
        Assert.Equal(HttpStatusCode.OK, (await server.Send(HttpMethod.Put, Clock, "{}")).Status);
        Assert.Equal(TimeSpan.Zero, DevClock.Offset);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"then":1}""")]
    [InlineData("""{"now":1767225600,"then":1}""")]
    [InlineData("""{"advance":90,"unit":"minutes"}""")]
    [InlineData("""{"now":1767225600,"advance":90}""")]
    [InlineData("""{"now":"tomorrow"}""")]
    [InlineData("""{"now":-5}""")]
    [InlineData("""{"now":99999999999999}""")]
    [InlineData("""{"advance":"P1M"}""")]
    [InlineData("""{"advance":"P"}""")]
    [InlineData("""{"advance":1e30}""")]
    [InlineData("""{"advance":"P999999999999W"}""")]
    [InlineData("""{"advance":"P365000D"}""")]
    public async Task Refuses_times_it_does_not_understand(string body)
    {
        DevClock.Reset();
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Send(HttpMethod.Put, Clock, body)).Status);
        Assert.Equal(TimeSpan.Zero, DevClock.Offset);
    }

    [Fact]
    public async Task Pins_codes()
    {
        var pinned = await server.Send(HttpMethod.Put, Codes, """{"fixed":"012345"}""");
        Assert.Equal(HttpStatusCode.NoContent, pinned.Status);
        Assert.Equal("012345", ConfirmationCodes.Next());
        Assert.Equal("012345", ConfirmationCodes.Next());
        Assert.Equal(HttpStatusCode.NoContent, (await server.Send(HttpMethod.Put, Codes, "{}")).Status);
        Assert.Null(ConfirmationCodes.Fixed);
    }

    [Fact]
    public async Task Repeats_codes_of_a_seed()
    {
        var runs = new List<string[]>();
        foreach (var seed in (int[])[42, 42, 43])
        {
            await server.Send(HttpMethod.Put, Codes, $$"""{"seed":{{seed}}}""");
            runs.Add([.. Enumerable.Range(0, 5).Select(_ => ConfirmationCodes.Next())]);
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
        Assert.Equal(5, runs[0].Distinct().Count());
        await server.Send(HttpMethod.Put, Codes, "{}");
    }

    [Theory]
    [InlineData("""{"fixed":"12345"}""")]
    [InlineData("""{"fixed":"12345a"}""")]
    [InlineData("""{"fixed":123456}""")]
    [InlineData("""{"seed":"42"}""")]
    [InlineData("""{"other":1}""")]
    [InlineData("""{"fixed":"123456","seed":1}""")]
    [InlineData("""{"seed":1,"other":1}""")]
    public async Task Refuses_codes_it_does_not_understand(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Send(HttpMethod.Put, Codes, body)).Status);

    [Fact]
    public async Task Lists_messages_newest_last_and_waits_for_the_next()
    {
        var inbox = server.Parts.GetRequiredService<Adapters.Inbox>();
        var stop = TestContext.Current.CancellationToken;
        var before = inbox.LastSequence;
        var waiting = server.Get($"/_lifeguard/inbox/wait?to=ana@example.com&after={before}&timeout=30");
        await inbox.Send(new EmailMessage("m1", "p", null, null, "bob@example.com", "one", "<p>1</p>"), stop);
        await inbox.Send(new EmailMessage("m2", "p", null, null, "Ana@example.com", "two", "<p>2</p>"), stop);

        using var found = JsonDocument.Parse((await waiting).Body);
        Assert.Equal("two", found.RootElement.GetProperty("subject").GetString());
        using var list = JsonDocument.Parse((await server.Get($"/_lifeguard/inbox?after={before}")).Body);
        var messages = list.RootElement.GetProperty("messages").EnumerateArray();
        Assert.Equal(["one", "two"], messages.Select(message => message.GetProperty("subject").GetString()));
        var toAna = await server.Get("/_lifeguard/inbox?to=ANA@example.com");
        Assert.Contains($"\"sequence\":{before + 2},", toAna.Body);

        var late = await server.Get(
            $"/_lifeguard/inbox/wait?to=ana@example.com&after={before + 2}&timeout=0");
        Assert.Equal(HttpStatusCode.NotFound, late.Status);
        var cleared = await server.Send(HttpMethod.Delete, "/_lifeguard/inbox");
        Assert.Equal(HttpStatusCode.NoContent, cleared.Status);
        Assert.Equal("""{"messages":[]}""", (await server.Get("/_lifeguard/inbox")).Body);
    }

    [Fact]
    public async Task Resets_everything()
    {
        DevClock.TryAdvance(TimeSpan.FromDays(1));
        ConfirmationCodes.Fixed = "111111";
        var reset = await server.Send(HttpMethod.Post, "/_lifeguard/reset");
        Assert.Equal(HttpStatusCode.NoContent, reset.Status);
        Assert.Equal(TimeSpan.Zero, DevClock.Offset);
        Assert.Null(ConfirmationCodes.Fixed);
        Assert.Equal("""{"triggers":[]}""", (await server.Get("/_lifeguard/triggers")).Body);
    }
}
