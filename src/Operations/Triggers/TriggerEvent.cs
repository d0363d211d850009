using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Operations.Triggers;

/// <summary>The event that a trigger receives in the common envelope (doc).</summary>
public sealed record TriggerEvent
{
    /// <summary>What stands for a client id in events of calls that have none (observed).</summary>
    public const string NoClient = "CLIENT_ID_NOT_APPLICABLE";

    private const string Mask = "********";

    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The version of the event's form; what another one adds is up to the trigger (doc).</summary>
    public string Version { get; init; } = "1";

    public required string FunctionArn { get; init; }

    /// <summary>The trigger as errors name it, such as <c>PreSignUp</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What caused it, such as <c>PreSignUp_AdminCreateUser</c>.</summary>
    public required string Source { get; init; }

    public required UserPool Pool { get; init; }

    public required string UserName { get; init; }

    public string ClientId { get; init; } = NoClient;

    public required string UserAgent { get; init; }

    /// <summary>The password that somebody typed, for the one trigger that is told it; null for the
    /// rest.</summary>
    public string? Password { get; init; }

    /// <summary>Writes the members of <c>request</c> but the password.</summary>
    public required Action<Utf8JsonWriter> Request { get; init; }

    /// <summary>Writes the members of <c>response</c>, which the function fills in.</summary>
    public Action<Utf8JsonWriter> Response { get; init; } = static _ => { };

    public byte[] Write() => Write(Password);

    /// <summary>What those are told of the call who develop triggers; a password is masked in all of
    /// it.</summary>
    public TriggerRecord Told(DateTimeOffset now, ReadOnlyMemory<byte> payload, TriggerAnswer answer)
    {
        if (Password is not { Length: > 0 } secret) return new(now, Source, FunctionArn, payload, answer);
        return new(now, Source, FunctionArn, Write(Mask), answer switch
        {
            // The function returns the event, password and all.
            TriggerAnswer.Returned returned => new TriggerAnswer.Returned(
                SecretText.Masked(returned.Payload, secret, Mask)),
            TriggerAnswer.Failed failed => new TriggerAnswer.Failed(failed.ErrorMessage.Replace(
                secret, Mask, StringComparison.Ordinal)),
            _ => answer,
        });
    }

    /// <summary>Never prints its members: they may hold a password.</summary>
    public override string ToString() => $"TriggerEvent {Source}";

    private byte[] Write(string? password)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("version", Version);
            writer.WriteString("triggerSource", Source);
            writer.WriteString("region", Pool.SeenIn);
            writer.WriteString("userPoolId", Pool.Id);
            writer.WriteString("userName", UserName);
            writer.WriteStartObject("callerContext");
            writer.WriteString("awsSdkVersion", SdkVersion(UserAgent));
            writer.WriteString("clientId", ClientId);
            writer.WriteEndObject();
            writer.WriteStartObject("request");
            if (password is not null) writer.WriteString("password", password);
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
