using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Triggers;

/// <summary>The event that a trigger receives (doc: version 1 of the common envelope).</summary>
public sealed record TriggerEvent
{
    /// <summary>What stands for a client id in events of calls that have none (observed).</summary>
    public const string NoClient = "CLIENT_ID_NOT_APPLICABLE";

    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string FunctionArn { get; init; }

    /// <summary>The trigger as errors name it, such as <c>PreSignUp</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What caused it, such as <c>PreSignUp_AdminCreateUser</c>.</summary>
    public required string Source { get; init; }

    public required UserPool Pool { get; init; }

    public required string UserName { get; init; }

    public string ClientId { get; init; } = NoClient;

    public required string UserAgent { get; init; }

    /// <summary>Writes the members of <c>request</c>.</summary>
    public required Action<Utf8JsonWriter> Request { get; init; }

    /// <summary>Writes the members of <c>response</c>, which the function fills in.</summary>
    public Action<Utf8JsonWriter> Response { get; init; } = static _ => { };

    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("version", "1");
            writer.WriteString("triggerSource", Source);
            writer.WriteString("region", Pool.SeenIn);
            writer.WriteString("userPoolId", Pool.Id);
            writer.WriteString("userName", UserName);
            writer.WriteStartObject("callerContext");
            writer.WriteString("awsSdkVersion", SdkVersion(UserAgent));
            writer.WriteString("clientId", ClientId);
            writer.WriteEndObject();
            writer.WriteStartObject("request");
            Request(writer);
            writer.WriteEndObject();
            writer.WriteStartObject("response");
            Response(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The first product of the user agent in the service's form, <c>aws-sdk-js-3.1.0</c>; the usual
    /// placeholder where there is none (observed).</summary>
    private static string SdkVersion(string userAgent)
    {
        var product = userAgent.Split(' ', 2)[0];
        return product.StartsWith("aws-sdk-", StringComparison.Ordinal) && product.Length <= 64
            ? product.Replace('/', '-')
            : "aws-sdk-unknown-unknown";
    }
}
