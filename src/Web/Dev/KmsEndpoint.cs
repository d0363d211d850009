using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.EncryptionSdk;
using Microsoft.AspNetCore.Http;

namespace Lifeguard.Web.Dev;

/// <summary>
/// As much of KMS's API, at the API's own address, as lets a custom sender decrypt its codes in development
/// exactly as in AWS: <c>GenerateDataKey</c> and <c>Decrypt</c>. Every ARN is a key.
/// </summary>
public sealed class KmsEndpoint(LocalDataKeys keys)
{
    private const string Target = "TrentService.";

    private const string ContentType = "application/x-amz-json-1.1";

    /// <summary>Is this a call to KMS?</summary>
    public static bool IsMeant(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.Path == "/"
        && request.Headers["X-Amz-Target"].ToString().StartsWith(Target, StringComparison.Ordinal);

    public async Task Handle(HttpContext context)
    {
        var body = await ControlBody.Read(context) ?? default;
        try
        {
            await (context.Request.Headers["X-Amz-Target"].ToString()[Target.Length..] switch
            {
                "GenerateDataKey" => Generate(context, body),
                "Decrypt" => Decrypt(context, body),
                _ => Refuse(context, "UnknownOperationException"),
            });
        }
        catch (Exception broken) when (broken is InvalidOperationException or FormatException)
        {
            await Refuse(context, "SerializationException");
        }
    }

    private async Task Generate(HttpContext context, JsonElement body)
    {
        if (TextIn(body, "KeyId") is not { Length: > 0 and <= 2048 } keyId
            || (TextIn(body, "KeySpec") ?? "AES_256") != "AES_256"
            || (body.TryGetProperty("NumberOfBytes", out var count)
                && count.GetInt32() != EncryptedMessage.DataKeyLength))
        {
            await Refuse(context, "ValidationException");
            return;
        }

        await Send(context, await keys.Make(keyId, ContextIn(body), context.RequestAborted));
    }

    private Task Decrypt(HttpContext context, JsonElement body)
    {
        var wrapped = body.TryGetProperty("CiphertextBlob", out var blob) ? blob.GetBytesFromBase64() : [];
        if (keys.Open(wrapped, ContextIn(body)) is not { } key)
            return Refuse(context, "InvalidCiphertextException");
        return TextIn(body, "KeyId") is { } named && named != key.Wrapped.KeyName
            ? Refuse(context, "IncorrectKeyException")
            : Send(context, key);
    }

    private static Task Send(HttpContext context, NewDataKey key) => JsonAnswer.Send(
        context, 200, ContentType, JsonAnswer.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("KeyId", key.Wrapped.KeyName);
            json.WriteBase64String("Plaintext", key.Key);
            json.WriteBase64String("CiphertextBlob", key.Wrapped.Wrapped);
            json.WriteEndObject();
        }));

    private static Task Refuse(HttpContext context, string error) => JsonAnswer.Send(
        context, 400, ContentType, JsonAnswer.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("__type", error);
            json.WriteEndObject();
        }));

    private static string? TextIn(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Dictionary<string, string> ContextIn(JsonElement body)
    {
        var context = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!body.TryGetProperty("EncryptionContext", out var pairs)) return context;
        foreach (var pair in pairs.EnumerateObject()) context[pair.Name] = pair.Value.GetString() ?? "";
        return context;
    }
}
