using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web;

/// <summary>Answers in JSON, written at once and with their length.</summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json";

    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Compact JSON as bytes.</summary>
    public static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed)) write(writer);
        return buffer.WrittenMemory;
    }

    /// <summary>Sends what <paramref name="write"/> writes.</summary>
    public static Task Send(HttpContext context, int status, Action<Utf8JsonWriter> write) =>
        Send(context, status, ContentType, Bytes(write));

    /// <summary>Sends <c>{"message":…}</c>.</summary>
    public static Task Refuse(HttpContext context, int status, string message) =>
        Send(context, status, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("message", message);
            writer.WriteEndObject();
        });

    /// <summary>Sends a body that is ready. None is sent for <c>HEAD</c>, whose length is told all the
    /// same.</summary>
    public static Task Send(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return body.IsEmpty || HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
