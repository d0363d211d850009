using System.Net;
using System.Text;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

public sealed class GuardedHttpTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    public async Task A_foreign_address_cannot_reach_this_machine(string host)
    {
        await using var stub = await HttpStub.Start(200, "secret");
        using var http = new GuardedHttp(TimeProvider.System);
        var address = new Uri($"http://{host}:{stub.Address.Port}/");

        await Assert.ThrowsAsync<HttpRequestException>(() => Get(http, address, OutboundTrust.Foreign));

        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("http://10.0.0.1/")]
    public async Task A_foreign_address_cannot_reach_the_inner_network(string address)
    {
        using var http = new GuardedHttp(TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(
            () => Get(http, new(address), OutboundTrust.Foreign));

        Assert.Contains("not on the public internet", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_connected_to_a_checked_address()
    {
        await using var stub = await HttpStub.Start(200, "keys");
        var lookups = 0;
        IPAddress[] Resolve() => ++lookups == 1 ? [IPAddress.Parse("10.0.0.1"), IPAddress.Loopback] : [];
        using var http = new GuardedHttp(
            TimeProvider.System, (_, _) => Task.FromResult(Resolve()), IPAddress.IsLoopback);

        var address = new Uri($"http://idp.example:{stub.Address.Port}/keys");
        var answer = await Get(http, address, OutboundTrust.Foreign);

        Assert.Equal("keys", Encoding.UTF8.GetString(answer.Body.Span));
        Assert.Equal(1, lookups);
        Assert.Equal($"idp.example:{stub.Address.Port}", stub.Requests.Single().Headers["Host"]);
    }

    [Fact]
    public async Task A_name_with_inner_addresses_alone_is_refused()
    {
        using var http = new GuardedHttp(
            TimeProvider.System,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("192.168.0.1")]),
            PublicAddress.Includes);

        await Assert.ThrowsAsync<HttpRequestException>(
            () => Get(http, new("http://rebound.example/"), OutboundTrust.Foreign));
    }

    [Fact]
    public async Task The_operator_may_call_any_address()
    {
        await using var stub = await HttpStub.Start(201, "made", ("X-Made-By", "stub"));
        using var http = new GuardedHttp(TimeProvider.System);

        var answer = await Get(http, stub.Address, OutboundTrust.Operator);

        Assert.Equal(201, answer.Status);
        Assert.Equal("stub", answer.Headers["x-made-by"]);
        Assert.Equal("made", Encoding.UTF8.GetString(answer.Body.Span));
    }

    [Fact]
    public async Task Redirects_are_answers_and_not_followed()
    {
        await using var stub = await HttpStub.Start(302, "", ("Location", "/elsewhere"));
        using var http = new GuardedHttp(TimeProvider.System);

        var answer = await Get(http, stub.Address, OutboundTrust.Operator);

        Assert.Equal(302, answer.Status);
        Assert.Equal("/", stub.Requests.Single().Target);
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:password@example.com/")]
    public async Task Only_plain_web_addresses_are_called(string address)
    {
        using var http = new GuardedHttp(TimeProvider.System);

        await Assert.ThrowsAsync<HttpRequestException>(() => Get(http, new(address), OutboundTrust.Operator));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_without_end_is_cut_off(bool announcesItsLength)
    {
        await using var stub = await HttpStub.Start(async context =>
        {
            if (announcesItsLength) context.Response.ContentLength = GuardedHttp.MaxOperatorAnswerBytes + 1;
            var part = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
        });
        using var http = new GuardedHttp(TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(
            () => Get(http, stub.Address, OutboundTrust.Operator));

        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, refusal.HttpRequestError);
    }

    [Fact]
    public async Task An_answer_with_too_many_headers_is_refused()
    {
        await using var stub = await HttpStub.Start(
            200, "", [.. Enumerable.Range(0, 150).Select(i => ($"X-{i}", "1"))]);
        using var http = new GuardedHttp(TimeProvider.System);

        await Assert.ThrowsAsync<HttpRequestException>(() => Get(http, stub.Address, OutboundTrust.Operator));
    }

    [Fact]
    public async Task A_header_with_a_line_break_is_not_sent()
    {
        await using var stub = await HttpStub.Start(200, "");
        using var http = new GuardedHttp(TimeProvider.System);
        var request = new OutboundRequest(
            HttpMethod.Get, stub.Address, [new("X-Name", "a\r\nX-Evil: b")], default, OutboundTrust.Operator);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.Send(request, Cancelled));

        Assert.Empty(stub.Requests);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        var clock = new FakeTimeProvider();
        var arrived = new TaskCompletionSource();
        await using var stub = await HttpStub.Start(async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var http = new GuardedHttp(clock);

        var call = Get(http, stub.Address, OutboundTrust.Operator);
        await arrived.Task.WaitAsync(Cancelled);
        clock.Advance(TimeSpan.FromSeconds(31));

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
    }

    [Fact]
    public async Task The_callers_own_cancellation_stays_one()
    {
        await using var stub = await HttpStub.Start(context => Task.Delay(-1, context.RequestAborted));
        using var http = new GuardedHttp(TimeProvider.System);
        using var source = new CancellationTokenSource();
        var request = new OutboundRequest(HttpMethod.Get, stub.Address, [], default, OutboundTrust.Operator);

        var call = http.Send(request, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static Task<OutboundAnswer> Get(GuardedHttp http, Uri address, OutboundTrust trust) =>
        http.Send(new(HttpMethod.Get, address, [], default, trust), Cancelled);
}
