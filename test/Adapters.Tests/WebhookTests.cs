using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Lifeguard.Domain.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

public sealed class WebhookTests : IDisposable
{
    private const string Secret = "a secret that two sides share";

    private readonly FakeTimeProvider clock = new(DateTimeOffset.FromUnixTimeSeconds(1_790_000_000));
    private readonly GuardedHttp http = new(TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task A_text_message_is_posted_with_a_signature_over_time_and_body()
    {
        await using var stub = await HttpStub.Start(202, "");

        await Sms(stub.Address).Send(new("m-1", "us-east-1_Pool", "+15550100", "Код 123456 <b>"), Cancelled);

        var request = stub.Requests.Single();
        var expected = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"1790000000.{request.Body}"));
        Assert.Equal("POST", request.Method);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("1790000000", request.Headers["X-Lifeguard-Timestamp"]);
        Assert.Equal("v1=" + Convert.ToHexStringLower(expected), request.Headers["X-Lifeguard-Signature"]);
        Assert.Equal(
            """{"id":"m-1","poolId":"us-east-1_Pool","to":"+15550100","message":"Код 123456 <b>"}""",
            request.Body);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(413, true)]
    [InlineData(422, true)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(408, false)]
    [InlineData(429, false)]
    [InlineData(302, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task A_refused_text_message_is_final_where_a_repeat_is_pointless(int status, bool isFinal)
    {
        await using var stub = await HttpStub.Start(status, "+15550100 is barred");

        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => Sms(stub.Address).Send(new("m", "p", "+15550100", "123456"), Cancelled));

        Assert.Equal(isFinal, refusal.IsPermanent);
        Assert.DoesNotContain("15550100", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_webhook_may_be_tried_again()
    {
        var refusal = await Assert.ThrowsAsync<DeliveryException>(
            () => Sms(Unreachable()).Send(new("m", "p", "+15550100", "123456"), Cancelled));

        Assert.False(refusal.IsPermanent);
    }

    [Fact]
    public async Task A_trigger_gets_the_event_signed_and_its_answer_comes_back()
    {
        await using var stub = await HttpStub.Start(200, """{"response":{}}""");

        var answer = await Trigger(stub.Address, """{"request":{}}""");

        var returned = Assert.IsType<TriggerAnswer.Returned>(answer);
        Assert.Equal("""{"response":{}}""", Encoding.UTF8.GetString(returned.Payload.Span));
        Assert.Equal("""{"request":{}}""", stub.Requests.Single().Body);
        Assert.StartsWith(
            "v1=", stub.Requests.Single().Headers["X-Lifeguard-Signature"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    public async Task An_error_message_is_the_functions_own_refusal(int status)
    {
        await using var stub = await HttpStub.Start(status, """{"errorMessage":"not on the list"}""");

        Assert.Equal(new TriggerAnswer.Failed("not on the list"), await Trigger(stub.Address, "{}"));
    }

    [Theory]
    [InlineData(302, "", "InvalidRequestContentException", false)]
    [InlineData(403, "no", "AccessDeniedException", false)]
    [InlineData(404, "[1]", "ResourceNotFoundException", false)]
    [InlineData(429, """{"errorMessage":3}""", "TooManyRequestsException", true)]
    [InlineData(502, "<html>", "ServiceException", false)]
    public async Task An_error_without_a_message_means_that_the_function_was_not_reached(
        int status, string body, string error, bool mayRetry)
    {
        await using var stub = await HttpStub.Start(status, body);

        Assert.Equal(new TriggerAnswer.NotInvoked(error, mayRetry), await Trigger(stub.Address, "{}"));
    }

    [Fact]
    public async Task A_trigger_that_cannot_be_reached_may_be_tried_again()
    {
        var answer = Assert.IsType<TriggerAnswer.NotInvoked>(await Trigger(Unreachable(), "{}"));

        Assert.True(answer.MayRetry);
    }

    [Theory]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:by-arn", "by arn")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:by-name", "by name")]
    [InlineData("arn:aws:lambda:eu-west-1:111122223333:function:by-name:live", "by name")]
    [InlineData("by-name", "by name")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:other", "lambda")]
    [InlineData("arn:aws:lambda:eu-west-1:000000000000:function:by-arn", "lambda")]
    public async Task A_mapped_function_is_called_elsewhere(string function, string expected)
    {
        var mapped = new MappedTriggerInvoker(new Named("lambda"), new Dictionary<string, ITriggerInvoker>
        {
            ["arn:aws:lambda:us-east-1:000000000000:function:by-arn"] = new Named("by arn"),
            ["by-name"] = new Named("by name"),
        });

        Assert.Equal(new TriggerAnswer.Failed(expected), await mapped.Invoke(function, default, Cancelled));
    }

    [Fact]
    public async Task An_event_that_nobody_waits_for_carries_the_id_of_its_message()
    {
        await using var stub = await HttpStub.Start(200, "");
        var invoker = new WebhookTriggerInvoker(http, stub.Address, new(Secret, clock));
        var mapped = new MappedTriggerInvoker(
            new Named("lambda"), new Dictionary<string, ITriggerInvoker> { ["by-name"] = invoker });

        await mapped.Notify("by-name", "{}"u8.ToArray(), "message-1", Cancelled);

        Assert.Equal("message-1", stub.Requests.Single().Headers["X-Lifeguard-Message-Id"]);
    }

    private WebhookSmsSender Sms(Uri address) => new(http, address, new(Secret, clock), clock);

    private Task<TriggerAnswer> Trigger(Uri address, string payload) =>
        new WebhookTriggerInvoker(http, address, new(Secret, clock))
            .Invoke("arn:any", Encoding.UTF8.GetBytes(payload), Cancelled);

    /// <summary>A port that was free a moment ago.</summary>
    private static Uri Unreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    private sealed class Named(string name) : ITriggerInvoker
    {
        public Task<TriggerAnswer> Invoke(
            string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
            Task.FromResult<TriggerAnswer>(new TriggerAnswer.Failed(name));
    }
}
