using System.Text.Json;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>Reads the error forms that Lambda and webhooks share.</summary>
internal static class TriggerError
{
    private const int MaxMessage = 4096;

    /// <summary>The <c>errorMessage</c> of a JSON object; null where the body is something else.</summary>
    public static string? MessageOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = 32 });
            var text = document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("errorMessage", out var message)
                && message.ValueKind is JsonValueKind.String
                    ? message.GetString()
                    : null;
            return text is { Length: > MaxMessage } ? text[..MaxMessage] : text;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no valid UTF-16, such as half a surrogate pair.
            return null;
        }
    }

    /// <summary>Has the body the form in which runtimes report errors of functions? No event has
    /// it.</summary>
    public static bool IsErrorOfFunction(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = 64 });
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object
                && root.TryGetProperty("errorMessage", out _)
                && root.TryGetProperty("errorType", out _)
                && !root.TryGetProperty("response", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What a status without an explanation means. A repeat helps only against throttling: after a
    /// 5xx of Invoke there is none (doc).</summary>
    public static TriggerAnswer.NotInvoked OfStatus(int status, string? named = null) => new(
        named ?? status switch
        {
            401 or 403 => "AccessDeniedException",
            404 => "ResourceNotFoundException",
            413 => "RequestTooLargeException",
            429 => "TooManyRequestsException",
            >= 500 => "ServiceException",
            _ => "InvalidRequestContentException",
        },
        MayRetry: status == 429);

    /// <summary>No whole answer came: a repeat may help unless the answer broke a bound.</summary>
    public static TriggerAnswer OfFailure(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded
            ? TooLarge
            : new TriggerAnswer.NotInvoked(
                "Connection failure while invoking Lambda function", MayRetry: true)
            {
                IsUnreachable = true,
            };

    /// <summary>A function has returned more than Lambda lets it (observed).</summary>
    public static TriggerAnswer.Failed TooLarge { get; } = new(
        "Response payload size exceeded maximum allowed payload size "
        + $"({GuardedHttp.MaxOperatorAnswerBytes} bytes)");
}
