using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Adapters;

/// <summary>Where and as whom Lambda functions are invoked.</summary>
public sealed record LambdaOptions
{
    /// <summary>Null for AWS itself, in the region of the function's ARN.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The whole address of a function that has an endpoint of its own, where names mean nothing;
    /// null where the endpoint knows its functions by name.</summary>
    public Uri? OwnInvocations { get; init; }

    /// <summary>The endpoint is no AWS: emulators answer errors of functions without the header that marks
    /// them (observed: the runtime interface emulator).</summary>
    public bool IsEmulated => Endpoint is not null || OwnInvocations is not null;

    /// <summary>Region of functions that are given by name; an ARN names its own.</summary>
    public string? Region { get; init; }

    /// <summary>Null sends unsigned requests, as local emulators take them.</summary>
    public SigV4Credentials? Credentials { get; init; }
}

/// <summary>Triggers in AWS Lambda, or in anything that speaks its Invoke API (doc: Lambda API,
/// Invoke).</summary>
public sealed class LambdaInvoker(IOutboundHttp http, LambdaOptions options, TimeProvider clock)
    : ITriggerInvoker
{
    private const string InvocationType = "X-Amz-Invocation-Type";
    private const int MaxErrorName = 64;

    /// <inheritdoc/>
    public Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        Invoke(functionArn, payload, [new(InvocationType, "RequestResponse")], cancellation);

    /// <summary>Invoked as an event: Lambda queues it, and repeats it where the function fails
    /// (doc).</summary>
    public Task<TriggerAnswer> Notify(
        string functionArn, ReadOnlyMemory<byte> payload, string messageId, CancellationToken cancellation) =>
        Invoke(
            functionArn, payload,
            [new(InvocationType, "Event"), new(WebhookTriggerInvoker.MessageIdHeader, messageId)],
            cancellation);

    private async Task<TriggerAnswer> Invoke(
        string functionArn, ReadOnlyMemory<byte> payload, KeyValuePair<string, string>[] kind,
        CancellationToken cancellation)
    {
        var arn = LambdaArn.Read(functionArn);
        if ((arn?.Region ?? options.Region) is not { } region) return TriggerError.OfStatus(404);
        var address = AddressOf(functionArn, arn, region);
        var request = new OutboundRequest(
            HttpMethod.Post, address, HeadersFor(address, region, kind, payload.Span), payload,
            OutboundTrust.Operator);
        try
        {
            return Read(await http.Send(request, cancellation));
        }
        catch (HttpRequestException failure)
        {
            return TriggerError.OfFailure(failure);
        }
    }

    private Uri AddressOf(string functionArn, LambdaArn? arn, string region)
    {
        if (options.OwnInvocations is { } own) return own;
        if (options.Endpoint is { } endpoint) return AddressAt(endpoint, functionArn, arn);
        var suffix = arn?.Partition == "aws-cn" ? ".cn" : "";
        return new(InvocationsOf($"https://lambda.{region}.amazonaws.com{suffix}", functionArn));
    }

    /// <summary>Emulators know their functions by name and answer 404 to an ARN (observed:
    /// serverless-offline). The qualifier goes where Invoke takes it beside a name (doc).</summary>
    private static Uri AddressAt(Uri endpoint, string functionArn, LambdaArn? arn)
    {
        var invocations = InvocationsOf(endpoint.AbsoluteUri.TrimEnd('/'), arn?.FunctionName ?? functionArn);
        return new(arn?.Qualifier is { } qualifier
            ? $"{invocations}?Qualifier={Uri.EscapeDataString(qualifier)}"
            : invocations);
    }

    private static string InvocationsOf(string origin, string function) =>
        $"{origin}/2015-03-31/functions/{Uri.EscapeDataString(function)}/invocations";

    private List<KeyValuePair<string, string>> HeadersFor(
        Uri address, string region, KeyValuePair<string, string>[] kind, ReadOnlySpan<byte> body)
    {
        var headers = new Dictionary<string, string>(kind) { ["Content-Type"] = "application/json" };
        if (options.Credentials is not { } credentials) return [.. headers];
        var signature = SigV4Signer.Sign(
            credentials, region, "lambda", "POST", address, headers, body, clock.GetUtcNow());
        return [.. headers, .. signature];
    }

    private TriggerAnswer Read(OutboundAnswer answer)
    {
        if (options.IsEmulated && TriggerError.IsErrorOfFunction(answer.Body))
            return new TriggerAnswer.Failed(TriggerError.MessageOf(answer.Body) ?? "Unhandled");
        if (answer.Status is < 200 or >= 300) return TriggerError.OfStatus(answer.Status, ErrorName(answer));
        return answer.Headers.ContainsKey("X-Amz-Function-Error")
            ? new TriggerAnswer.Failed(TriggerError.MessageOf(answer.Body) ?? "Unhandled")
            : new TriggerAnswer.Returned(answer.Body);
    }

    /// <summary>The error's type as the header names it, without the namespace and address that may surround
    /// it; null where that is no name, since it becomes part of a message that clients read.</summary>
    private static string? ErrorName(OutboundAnswer answer)
    {
        if (!answer.Headers.TryGetValue("x-amzn-ErrorType", out var type)) return null;
        var name = type[(type.IndexOf('#', StringComparison.Ordinal) + 1)..].Split(':')[0];
        return name.Length is > 0 and <= MaxErrorName && name.All(char.IsAsciiLetterOrDigit) ? name : null;
    }
}
