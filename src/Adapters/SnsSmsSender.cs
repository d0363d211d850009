using System.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>How SNS and End User Messaging are reached.</summary>
/// <param name="Region">Where text messages leave whose pool names no region.</param>
/// <param name="SenderId">Who sends them, where the pool does not say so and the country shows it; null for
/// none.</param>
public sealed record SnsOptions(string Region, string? SenderId, AwsOptions Aws);

/// <summary>
/// Text messages by Amazon SNS, or by anything that speaks its API (doc: SNS API, Publish). What SNS says
/// against the number or the text is final; everything else may be tried again.
/// </summary>
public sealed class SnsSmsSender(IOutboundHttp http, SnsOptions options, TimeProvider clock) : ISmsSender
{
    private const int MaxSenderId = 11;
    private const string SenderIdResource = ":sender-id/";

    private readonly AwsEndpoint sns = new("SNS", "sns", "sns", options.Aws, http, clock);

    /// <inheritdoc/>
    public async Task Send(SmsMessage message, CancellationToken cancellation)
    {
        var answer = await sns.Post(
            message.Route?.Region ?? options.Region,
            "/",
            new Dictionary<string, string> { ["Content-Type"] = FormBody.ContentType },
            FormBody.Of(Fields(message)),
            cancellation);
        if (answer.Status is >= 200 and < 300) return;
        var error = ErrorOf(answer);
        throw new DeliveryException(
            $"SNS refused the message: {error}.",
            permanent: error is "InvalidParameter" or "InvalidParameterValue" or "ParameterValueInvalid"
                or "OptedOut" or "ValidationError");
    }

    private IEnumerable<(string Name, string Value)> Fields(SmsMessage message)
    {
        yield return ("Action", "Publish");
        yield return ("Version", "2010-03-31");
        yield return ("PhoneNumber", message.To);
        yield return ("Message", message.Body);
        var number = 0;
        foreach (var (name, value) in Attributes(message))
        {
            var entry = $"MessageAttributes.entry.{++number}";
            yield return ($"{entry}.Name", name);
            yield return ($"{entry}.Value.DataType", "String");
            yield return ($"{entry}.Value.StringValue", value);
        }
    }

    private IEnumerable<(string Name, string Value)> Attributes(SmsMessage message)
    {
        yield return ("AWS.SNS.SMS.SMSType", "Transactional");
        var origin = message.Route?.Identity ?? options.SenderId;
        if (origin?.StartsWith('+') == true) yield return ("AWS.MM.SMS.OriginationNumber", origin);
        else if (SenderIdIn(origin) is { } sender) yield return ("AWS.SNS.SMS.SenderID", sender);
        if (message.Route?.EntityId is { } entity) yield return ("AWS.MM.SMS.EntityId", entity);
        if (message.Route?.TemplateId is { } template) yield return ("AWS.MM.SMS.TemplateId", template);
    }

    /// <summary>A name, or the one in an ARN of End User Messaging; SNS knows no phone pools.</summary>
    private static string? SenderIdIn(string? origin)
    {
        if (origin is null) return null;
        var at = origin.IndexOf(SenderIdResource, StringComparison.Ordinal);
        var name = at < 0 ? origin : origin[(at + SenderIdResource.Length)..].Split('/')[0];
        return name.Length is > 0 and <= MaxSenderId
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? name
            : null;
    }

    /// <summary>The code in an error of the query protocol; no more is looked for than that.</summary>
    private static string ErrorOf(OutboundAnswer answer)
    {
        const string Open = "<Code>";
        var text = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, 4096)]);
        var start = text.IndexOf(Open, StringComparison.Ordinal);
        var end = text.IndexOf("</Code>", StringComparison.Ordinal);
        var code = start >= 0 && end > start ? text[(start + Open.Length)..end] : "";
        return AwsEndpoint.IsName(code) ? code : $"status {answer.Status}";
    }
}
