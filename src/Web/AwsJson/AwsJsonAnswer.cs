using System.Buffers;
using Lifeguard.Contract;
using Lifeguard.Operations;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.AwsJson;

/// <summary>Answers as AWS JSON 1.1 writes them.</summary>
internal static class AwsJsonAnswer
{
    public const string ContentType = "application/x-amz-json-1.1";
    private const string NotUnderstood = "The server did not understand the operation that was requested.";

    public static Task Send(HttpContext context, WireAnswer answer) => answer switch
    {
        WireAnswer.Success success => Succeed(context, success),
        WireAnswer.Failure failure => Fail(context, failure),
        _ => throw new InvalidOperationException("A new kind of answer is not handled."),
    };

    /// <summary>What is no call of the API at all (recollected; clients never see it).</summary>
    public static Task RefuseAsNoCall(HttpContext context) => JsonAnswer.Send(context, 400, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("code", "BadRequest");
        writer.WriteString("message", NotUnderstood);
        writer.WriteString("type", "client");
        writer.WriteEndObject();
    });

    private static Task Succeed(HttpContext context, WireAnswer.Success success)
    {
        if (!success.HasOutput) return JsonAnswer.Send(context, 200, ContentType, ReadOnlyMemory<byte>.Empty);
        var buffer = new ArrayBufferWriter<byte>(512);
        WireBody.Write(buffer, success.Body);
        return JsonAnswer.Send(context, 200, ContentType, buffer.WrittenMemory);
    }

    private static Task Fail(HttpContext context, WireAnswer.Failure failure)
    {
        var headers = context.Response.Headers;
        // The part behind the colon would be a URI, which the service leaves empty (observed).
        headers["x-amzn-ErrorType"] = failure.Code + ":";
        if (failure.Text is not null) headers["x-amzn-ErrorMessage"] = HeaderText.Of(failure.Text);
        var body = JsonAnswer.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("__type", failure.Code);
            if (failure.Text is not null) writer.WriteString(MessageMember(failure.Code), failure.Text);
            writer.WriteEndObject();
        });
        return JsonAnswer.Send(context, failure.Status, ContentType, body);
    }

    /// <summary>The framework in front of the service writes it with a capital (observed).</summary>
    private static string MessageMember(string code) =>
        code == "SerializationException" ? "Message" : "message";
}
