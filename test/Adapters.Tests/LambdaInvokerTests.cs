using System.Text;
using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.SigV4;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Lifeguard.Adapters.Tests;

public sealed class LambdaInvokerTests : IDisposable
{
    private const string Function = "arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up:live";

    private readonly FakeTimeProvider clock = new(new(2026, 11, 5, 4, 3, 2, TimeSpan.Zero));
    private readonly GuardedHttp http = new(TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Posts_the_event_to_a_given_endpoint_by_the_name_and_qualifier_of_the_function()
    {
        await using var stub = await HttpStub.Start(200, """{"response":{}}""");

        var answer = await Invoke(new() { Endpoint = stub.Address });

        var request = stub.Requests.Single();
        Assert.Equal("{\"version\":\"1\"}", request.Body);
        Assert.Equal("/2015-03-31/functions/pre-sign-up/invocations?Qualifier=live", request.Target);
        Assert.Equal("RequestResponse", request.Headers["X-Amz-Invocation-Type"]);
        Assert.False(request.Headers.ContainsKey("Authorization"));
        var returned = Assert.IsType<TriggerAnswer.Returned>(answer);
        Assert.Equal("""{"response":{}}""", Encoding.UTF8.GetString(returned.Payload.Span));
    }

    [Fact]
    public async Task Hands_an_event_over_that_nobody_waits_for()
    {
        await using var stub = await HttpStub.Start(202, "");

        var answer = await new LambdaInvoker(http, new() { Endpoint = stub.Address }, clock)
            .Notify(Function, "{}"u8.ToArray(), "message-1", Cancelled);

        var request = stub.Requests.Single();
        Assert.Equal("Event", request.Headers["X-Amz-Invocation-Type"]);
        Assert.Equal("message-1", request.Headers["X-Lifeguard-Message-Id"]);
        Assert.True(Assert.IsType<TriggerAnswer.Returned>(answer).Payload.IsEmpty);
    }

    [Fact]
    public async Task Signs_for_lambda_in_the_region_of_the_function()
    {
        await using var stub = await HttpStub.Start(200, "{}");

        await Invoke(new() { Endpoint = stub.Address, Credentials = new("AKIDEXAMPLE", "secret") });

        var sent = stub.Requests.Single();
        var again = SigV4Signer.Sign(
            new("AKIDEXAMPLE", "secret"), "eu-west-1", "lambda", "POST", new(stub.Address, sent.Target),
            new Dictionary<string, string>
            {
                ["Content-Type"] = sent.Headers["Content-Type"],
                ["X-Amz-Invocation-Type"] = "RequestResponse",
            },
            Encoding.UTF8.GetBytes(sent.Body), clock.GetUtcNow());
        Assert.Equal("20261105T040302Z", sent.Headers["X-Amz-Date"]);
        Assert.Equal(again["Authorization"], sent.Headers["Authorization"]);
        Assert.Contains(
            "/20261105/eu-west-1/lambda/aws4_request", again["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_with_an_endpoint_of_its_own_is_called_there_whatever_its_name()
    {
        await using var stub = await HttpStub.Start(200, "{}");
        const string Emulator = "/2015-03-31/functions/function/invocations";

        await Invoke(new()
        {
            Endpoint = new("http://127.0.0.1:1"),
            OwnInvocations = new(stub.Address, Emulator),
            Credentials = new("AKIDEXAMPLE", "secret", "a-session-token"),
        });

        var sent = stub.Requests.Single();
        Assert.Equal(Emulator, sent.Target);
        Assert.Equal("a-session-token", sent.Headers["X-Amz-Security-Token"]);
        Assert.Contains("x-amz-security-token", sent.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"errorMessage":"boom","errorType":"Error"}""", "boom")]
    [InlineData("""{"errorType":"Error"}""", "Unhandled")]
    [InlineData("no JSON", "Unhandled")]
    [InlineData("null", "Unhandled")]
    public async Task A_function_error_is_a_failure_with_its_message(string body, string message)
    {
        await using var stub = await HttpStub.Start(200, body, ("X-Amz-Function-Error", "Unhandled"));

        Assert.Equal(new TriggerAnswer.Failed(message), await Invoke(new() { Endpoint = stub.Address }));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(502)]
    public async Task An_emulator_tells_of_the_functions_error_by_the_body_alone(int status)
    {
        await using var stub = await HttpStub.Start(
            status, """{"errorMessage":"boom","errorType":"Error","trace":[]}""");

        Assert.Equal(
            new TriggerAnswer.Failed("boom"),
            await Invoke(new() { OwnInvocations = new(stub.Address, "/invocations") }));
    }

    [Theory]
    [InlineData("""{"errorMessage":"boom","errorType":"Error","response":{}}""")]
    [InlineData("""{"errorMessage":"boom"}""")]
    [InlineData("no JSON")]
    public async Task Anything_else_that_an_emulator_answers_is_what_the_function_returned(string body)
    {
        await using var stub = await HttpStub.Start(200, body);

        var answer = await Invoke(new() { OwnInvocations = new(stub.Address, "/invocations") });

        var returned = Assert.IsType<TriggerAnswer.Returned>(answer);
        Assert.Equal(body, Encoding.UTF8.GetString(returned.Payload.Span));
    }

    [Fact]
    public async Task A_function_that_takes_one_event_at_a_time_gets_the_second_after_the_first()
    {
        var (arrived, mayAnswer) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        var (now, most) = (0, 0);
        ReadOnlyMemory<byte> sent = "{}"u8.ToArray();
        await using var stub = await HttpStub.Start(async context =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            arrived.Release();
            await mayAnswer.WaitAsync(context.RequestAborted);
            Interlocked.Decrement(ref now);
            await context.Response.WriteAsync("{}", context.RequestAborted);
        });
        using var serial = new SerialTriggerInvoker(
            new LambdaInvoker(http, new() { Endpoint = stub.Address }, clock));

        var both = Task.WhenAll(
            serial.Invoke(Function, sent, Cancelled), serial.Invoke(Function, sent, Cancelled));
        await arrived.WaitAsync(Cancelled);
        mayAnswer.Release(2);
        await both;

        Assert.Equal(1, most);
        Assert.Equal(2, stub.Requests.Count);
    }

    [Theory]
    [InlineData(403, "AccessDeniedException", false)]
    [InlineData(404, "ResourceNotFoundException", false)]
    [InlineData(429, "TooManyRequestsException", true)]
    [InlineData(500, "ServiceException", false)]
    [InlineData(503, "ServiceException", false)]
    public async Task A_refusal_of_Invoke_is_named_by_its_status(int status, string error, bool mayRetry)
    {
        await using var stub = await HttpStub.Start(status, """{"Message":"no"}""");

        Assert.Equal(
            new TriggerAnswer.NotInvoked(error, mayRetry), await Invoke(new() { Endpoint = stub.Address }));
    }

    [Theory]
    [InlineData("EC2ThrottledException", "EC2ThrottledException")]
    [InlineData("ResourceConflictException:http://internal/x", "ResourceConflictException")]
    [InlineData("com.amazonaws#KMSDisabledException", "KMSDisabledException")]
    [InlineData("not a name, but a sentence", "ServiceException")]
    public async Task A_refusal_that_names_its_type_keeps_the_name(string header, string error)
    {
        await using var stub = await HttpStub.Start(502, "", ("x-amzn-ErrorType", header));

        Assert.Equal(
            new TriggerAnswer.NotInvoked(error, MayRetry: false),
            await Invoke(new() { Endpoint = stub.Address }));
    }

    [Fact]
    public async Task An_answer_beyond_six_MiB_is_the_functions_failure()
    {
        await using var stub = await HttpStub.Start(200, new string('x', (6 * 1024 * 1024) + 1));

        var answer = await Invoke(new() { Endpoint = stub.Address });

        Assert.StartsWith(
            "Response payload size exceeded", Assert.IsType<TriggerAnswer.Failed>(answer).ErrorMessage,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:lambda:eu-west-1:111122223333:function:f", "lambda.eu-west-1.amazonaws.com")]
    [InlineData("arn:aws-cn:lambda:cn-north-1:111122223333:function:f", "lambda.cn-north-1.amazonaws.com.cn")]
    [InlineData("f", "lambda.us-east-2.amazonaws.com")]
    public async Task Without_an_endpoint_AWS_is_called_in_the_functions_region(string function, string host)
    {
        var recorder = new Recorder();

        await new LambdaInvoker(recorder, new() { Region = "us-east-2" }, clock)
            .Invoke(function, default, Cancelled);

        Assert.Equal(host, recorder.Last!.Address.Host);
        Assert.Equal("https", recorder.Last.Address.Scheme);
    }

    [Theory]
    [InlineData("arn:aws:lambda:evil.example/x?:111122223333:function:f")]
    [InlineData("arn:aws:lambda:a@evil.example#:111122223333:function:f")]
    public async Task An_ARN_cannot_lead_the_call_to_another_host(string function)
    {
        var recorder = new Recorder();

        var answer = await new LambdaInvoker(recorder, new(), clock).Invoke(function, default, Cancelled);

        Assert.Equal(new TriggerAnswer.NotInvoked("ResourceNotFoundException", MayRetry: false), answer);
        Assert.Null(recorder.Last);
    }

    private Task<TriggerAnswer> Invoke(LambdaOptions options) => new LambdaInvoker(http, options, clock)
        .Invoke(Function, "{\"version\":\"1\"}"u8.ToArray(), Cancelled);

    private sealed class Recorder : IOutboundHttp
    {
        public OutboundRequest? Last { get; private set; }

        public Task<OutboundAnswer> Send(OutboundRequest request, CancellationToken cancellation)
        {
            Last = request;
            return Task.FromResult(new OutboundAnswer(200, new Dictionary<string, string>(), default));
        }
    }
}
