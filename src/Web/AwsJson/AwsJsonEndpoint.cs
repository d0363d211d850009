using Lifeguard.Domain;
using Lifeguard.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Lifeguard.Web.AwsJson;

/// <summary>The API: <c>POST /</c>, or <c>POST /_region/&lt;region&gt;</c> where a pool is to be seen through
/// a replica, with the operation's name in <c>X-Amz-Target</c>.</summary>
public sealed class AwsJsonEndpoint(OperationRunner runner, RandomSource random, WebRules rules)
{
    /// <summary>Name of the part of the path that holds a region.</summary>
    public const string Region = "region";

    private const int ClientHasGone = 499;

    /// <summary>Answers whatever comes to the API's paths.</summary>
    public async Task Handle(HttpContext context)
    {
        // A preflight names no operation, so it comes before everything else.
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            await AnyOrigin.Preflight(context);
            return;
        }

        AnyOrigin.Allow(context);
        var id = random.Id();
        context.Response.Headers["x-amzn-RequestId"] = id;
        var target = context.Request.Headers["X-Amz-Target"].ToString();
        var region = context.GetRouteValue(Region) as string;
        var isCall = HttpMethods.IsPost(context.Request.Method)
            && target.Length > 0
            && (region is null || RegionName.IsValid(region));
        if (!isCall || !IsJson(context.Request.ContentType))
        {
            await AwsJsonAnswer.RefuseAsNoCall(context);
            return;
        }

        var answer = await Run(context, id, target);
        if (answer is WireAnswer.Failure { Status: ClientHasGone }) return;
        await AwsJsonAnswer.Send(context, answer);
    }

    private async Task<WireAnswer> Run(HttpContext context, string id, string target)
    {
        ReadOnlyMemory<byte>? body;
        try
        {
            body = await RequestBody.Read(context, rules.MaxBodyBytes);
        }
        catch (BadHttpRequestException broken)
        {
            EndAfterwards(context);
            return broken.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge()
                : new WireAnswer.Failure(broken.StatusCode, "SerializationException", null);
        }

        if (body is { } whole) return await runner.Run(RequestOf(context, id, target, whole));
        EndAfterwards(context);
        return TooLarge();
    }

    /// <summary>What is left of the body is not worth reading only to keep the connection. HTTP/2 needs none
    /// of this: it drops the one stream (RFC 9113 §8.2.2).</summary>
    private static void EndAfterwards(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = "close";
    }

    private WireRequest RequestOf(
        HttpContext context, string id, string target, ReadOnlyMemory<byte> body) => new()
        {
            Id = id,
            Target = target,
            Method = context.Request.Method,
            Path = context.Request.Path.Value is { Length: > 0 } path ? path : "/",
            Region = context.GetRouteValue(Region) as string,
            Query = context.Request.QueryString.Value is { Length: > 0 } query ? query[1..] : "",
            Header = name => context.Request.Headers.TryGetValue(name, out var values)
                ? string.Join(',', [.. values])
                : null,
            Body = body,
            Source = CallerAddress.Of(context, rules.IsBehindProxy),
            Cancelled = context.RequestAborted,
        };

    private WireAnswer.Failure TooLarge() => new(
        StatusCodes.Status413PayloadTooLarge,
        "RequestEntityTooLargeException",
        $"Request size exceeded {rules.MaxBodyBytes} bytes");

    /// <summary>AWS JSON in both versions and, as a convenience, plain JSON; with or without a charset.
    /// Hand-made requests often name no type at all.</summary>
    private static bool IsJson(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType)) return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (Is(type, "application/x-amz-json-1.1") || Is(type, "application/x-amz-json-1.0")
                || Is(type, JsonAnswer.ContentType));
    }

    private static bool Is(MediaTypeHeaderValue type, string wanted) =>
        type.MediaType.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
