using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Logs;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.Risk;
using Lifeguard.Operations.Flows;

namespace Lifeguard.Operations.Triggers;

/// <summary>What functions are told that deliver messages in a pool's place (doc: CustomEmailSender,
/// CustomSMSSender).</summary>
internal static class SenderEvents
{
    /// <summary>The member of <c>request</c> that holds the encrypted code.</summary>
    public const string Code = "code";

    /// <summary>The order for the pool's function; null where the pool has none for the medium.</summary>
    public static SenderOrder? For(MessageRequest request, string code, Call call)
    {
        var medium = request.Destination.Medium;
        var triggers = request.Pool.Settings.LambdaConfig;
        if (LambdaRules.SenderOf(triggers, medium) is not { } function) return null;
        var trigger = Event(
            request.Pool, function, request.Source.Sender(medium), request.User.Username,
            request.Client?.Id, medium, call,
            writer =>
            {
                var metadata = request.Source.TellsSenders ? request.ClientMetadata : null;
                writer.WriteMap("clientMetadata", metadata);
                writer.WriteUser(Reached(request));
            });
        // Temporary passwords come escaped (doc), codes have nothing to escape.
        var secret = request.Source == MessageSource.AdminCreateUser ? WebUtility.HtmlEncode(code) : code;
        return new(function, triggers!.KMSKeyID!, trigger.Source, TextOf(trigger), secret);
    }

    /// <summary>The order for news of a risky sign-in; null where the pool has no function for
    /// e-mail.</summary>
    public static SenderOrder? ForNotice(UserPool pool, AuthEvent happened, FeedbackLinks links, Call call)
    {
        var triggers = pool.Settings.LambdaConfig;
        if (LambdaRules.SenderOf(triggers, DeliveryMedium.Email) is not { } function) return null;
        var trigger = Event(
            pool, function, MessageSource.AccountTakeOver.Sender(DeliveryMedium.Email),
            happened.User!.Username, happened.ClientId, DeliveryMedium.Email, call,
            writer =>
            {
                writer.WriteNull("clientMetadata");
                WriteNotice(writer, happened, links);
            });
        return new(function, triggers!.KMSKeyID!, trigger.Source, TextOf(trigger), Code: null);
    }

    /// <summary>A message for the function to deliver; there is nothing to be worded.</summary>
    public static OutgoingMessage Message(string id, MessageRequest request, SenderOrder order, Call call) =>
        new(
            id, request.Pool.Id, request.User.Sub, request.Destination.Medium, request.Source.Name,
            request.Destination.Value, Subject: null, Body: "", From: null, ReplyTo: null, call.Now)
        {
            Region = call.Replica?.Region,
            Sender = order,
        };

    private static TriggerEvent Event(
        UserPool pool, string function, string source, string userName, string? clientId,
        DeliveryMedium medium, Call call, Action<Utf8JsonWriter> request) => new()
        {
            FunctionArn = function,
            Name = source.Split('_')[0],
            Source = source,
            Pool = pool,
            UserName = userName,
            ClientId = clientId ?? TriggerEvent.NoClient,
            UserAgent = call.UserAgent,
            Request = writer =>
            {
                writer.WriteString(
                    "type",
                    medium == DeliveryMedium.Sms ? "customSMSSenderRequestV1" : "customEmailSenderRequestV1");
                writer.WriteNull(Code);
                request(writer);
            },
        };

    /// <summary>The function learns from the attributes alone where to write, so that the one in question has
    /// the value that the code is for, also where it waits to be verified.</summary>
    private static User Reached(MessageRequest request) => request.User with
    {
        Attributes = request.User.Attributes.With(request.Destination.Attribute, request.Destination.Value),
    };

    /// <summary>In these names and forms (observed).</summary>
    private static void WriteNotice(Utf8JsonWriter writer, AuthEvent happened, FeedbackLinks links)
    {
        writer.WriteStartObject("userAttributes");
        writer.WriteString("EVENT_ID", happened.Id);
        writer.WriteString("USER_NAME", happened.User!.Username);
        writer.WriteString("IP_ADDRESS", happened.IpAddress);
        writer.WriteString("ACCOUNT_TAKE_OVER_ACTION", happened.Risk.Response switch
        {
            RiskResponse.Block => "BLOCK",
            RiskResponse.AskFactor => "MFA",
            _ => "NO_ACTION",
        });
        writer.WriteString("LOGIN_TIME", happened.At.UtcDateTime.ToString(
            "dddd, MMMM dd, yyyy hh:mm tt 'UTC'", CultureInfo.InvariantCulture));
        writer.WriteString("CITY", happened.City);
        writer.WriteString("COUNTRY", happened.Country);
        writer.WriteString("DEVICE_NAME", happened.DeviceName);
        writer.WriteString("FEEDBACK_TOKEN", links.Token);
        writer.WriteString("ONE_CLICK_LINK_VALID", links.Valid);
        writer.WriteString("ONE_CLICK_LINK_INVALID", links.Invalid);
        writer.WriteEndObject();
    }

    private static string TextOf(TriggerEvent trigger) => Encoding.UTF8.GetString(trigger.Write());
}
