using System.Globalization;
using System.Text;
using System.Text.Json;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>How Twilio is reached.</summary>
/// <param name="From">A number, a name, or the id of a messaging service.</param>
public sealed record TwilioOptions(Uri Endpoint, string AccountSid, string AuthToken, string From)
{
    /// <summary>Never prints the token.</summary>
    public override string ToString() => $"TwilioOptions {AccountSid}";
}

/// <summary>
/// Text messages by Twilio (doc: Programmable Messaging, Create a Message). What Twilio says against the
/// number is final; everything else may be tried again.
/// </summary>
public sealed class TwilioSmsSender(IOutboundHttp http, TwilioOptions options, TimeProvider clock)
    : ISmsSender
{
    private readonly DeliveryHttp exchange = new("Twilio", http, clock);

    /// <summary>No number, none that may be written to, none that takes text messages, or one whose holder
    /// wants none; a text that is too long or empty (doc: error dictionary).</summary>
    private static readonly HashSet<int> Final =
        [21211, 21214, 21217, 21265, 21408, 21602, 21604, 21610, 21612, 21614, 21617];

    /// <inheritdoc/>
    public async Task Send(SmsMessage message, CancellationToken cancellation)
    {
        var answer = await exchange.Send(RequestFor(message), cancellation);
        if (answer.Status is >= 200 and < 300) return;
        var code = CodeIn(answer.Body);
        var reason = code is null
            ? $"status {answer.Status}"
            : $"error {code.Value.ToString(CultureInfo.InvariantCulture)}";
        throw new DeliveryException(
            $"Twilio refused the message: {reason}.", permanent: code is { } known && Final.Contains(known));
    }

    private OutboundRequest RequestFor(SmsMessage message)
    {
        var account = Uri.EscapeDataString(options.AccountSid);
        var isService = options.From.StartsWith("MG", StringComparison.Ordinal) && options.From.Length == 34;
        var body = FormBody.Of(
        [
            ("To", message.To), (isService ? "MessagingServiceSid" : "From", options.From),
            ("Body", message.Body),
        ]);
        var credentials = Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{options.AccountSid}:{options.AuthToken}"));
        return new(
            HttpMethod.Post,
            new($"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/2010-04-01/Accounts/{account}/Messages.json"),
            [new("Content-Type", FormBody.ContentType), new("Authorization", $"Basic {credentials}")],
            body,
            OutboundTrust.Operator);
    }

    private static int? CodeIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = 32 });
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("code", out var code)
                && code.ValueKind is JsonValueKind.Number
                && code.TryGetInt32(out var number)
                    ? number
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
