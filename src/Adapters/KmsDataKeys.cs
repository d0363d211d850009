using System.Buffers;
using System.Text.Json;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Pools;
using Lifeguard.Protocol.EncryptionSdk;

namespace Lifeguard.Adapters;

/// <summary>Data keys by AWS KMS, or by anything that speaks its API (doc: KMS API, GenerateDataKey and
/// Decrypt). A key that cannot be had now may be had later: what is wrong is the operator's to
/// repair.</summary>
public sealed class KmsDataKeys(IOutboundHttp http, AwsOptions options, TimeProvider clock) : IDataKeys
{
    private readonly AwsEndpoint kms = new("KMS", "kms", "kms", options, http, clock);

    /// <inheritdoc/>
    public async Task<NewDataKey> Make(
        string keyArn, IReadOnlyDictionary<string, string> context, CancellationToken cancellation)
    {
        var answer = await Call(
            "GenerateDataKey",
            keyArn,
            json =>
            {
                json.WriteString("KeyId", keyArn);
                json.WriteString("KeySpec", "AES_256");
                WriteContext(json, context);
            },
            cancellation);
        return Read(answer, root => new NewDataKey(
            PlaintextIn(root),
            new(
                WrappedDataKey.Kms,
                root.GetProperty("KeyId").GetString()!,
                root.GetProperty("CiphertextBlob").GetBytesFromBase64())));
    }

    /// <summary>A data key that KMS has wrapped.</summary>
    /// <exception cref="DeliveryException">KMS does not open it.</exception>
    public async Task<byte[]> Open(
        WrappedDataKey key, IReadOnlyDictionary<string, string> context, CancellationToken cancellation)
    {
        var answer = await Call(
            "Decrypt",
            key.KeyName,
            json =>
            {
                json.WriteString("KeyId", key.KeyName);
                json.WriteBase64String("CiphertextBlob", key.Wrapped);
                WriteContext(json, context);
            },
            cancellation);
        return Read(answer, PlaintextIn);
    }

    private async Task<OutboundAnswer> Call(
        string operation, string keyArn, Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        if (!Arns.IsOf("kms", keyArn))
            throw new DeliveryException("The key has no ARN of KMS.", permanent: true);
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/x-amz-json-1.1",
            ["X-Amz-Target"] = $"TrentService.{operation}",
        };
        var answer = await kms.Post(Arns.Region(keyArn), "/", headers, body.WrittenMemory, cancellation);
        return answer.Status == 200
            ? answer
            : throw new DeliveryException(
                $"KMS refused the key: {AwsEndpoint.ErrorOf(answer)}.", permanent: false);
    }

    private static void WriteContext(Utf8JsonWriter json, IReadOnlyDictionary<string, string> context)
    {
        json.WriteStartObject("EncryptionContext");
        foreach (var (name, value) in context) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static byte[] PlaintextIn(JsonElement root) =>
        root.GetProperty("Plaintext").GetBytesFromBase64() is { Length: EncryptedMessage.DataKeyLength } key
            ? key
            : throw new FormatException();

    private static T Read<T>(OutboundAnswer answer, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return read(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or FormatException
            or InvalidOperationException or KeyNotFoundException)
        {
            throw new DeliveryException("KMS gave no key in its answer.", permanent: false);
        }
    }
}
