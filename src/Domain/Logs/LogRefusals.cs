using Lifeguard.Contract;

namespace Lifeguard.Domain.Logs;

/// <summary>
/// What is refused about the delivery of logs. Texts without a note were observed; "own words" marks those of
/// which only the type is known.
/// </summary>
public static class LogRefusals
{
    /// <summary>Sources without a destination, and sources named more than once; null where there are none
    /// of either.</summary>
    public static ApiException? Undeliverable(IReadOnlyList<string> nowhere, IReadOnlyList<string> repeated)
    {
        var complaints = string.Concat(
            nowhere.Count == 0
                ? ""
                : $" Following event sources in request have no destination: [{string.Join(", ", nowhere)}].",
            // The spelling is the service's.
            repeated.Count == 0
                ? ""
                : " Following event sources appear more then once in a request: "
                    + $"[{string.Join(", ", repeated)}].");
        return complaints.Length == 0
            ? null
            : Reject.InvalidParameter("Request validation Failed." + complaints);
    }

    public static ApiException ForeignRegion() =>
        Reject.InvalidParameter("ARN does not belong to current region");

    public static ApiException NotInTier(string tier) => new(
        Errors.FeatureUnavailableInTierException,
        $"The following feature is not available for the {tier} pricing tier configured: {LogRules.Feature}");

    /// <summary>Own words.</summary>
    public static ApiException TwoDestinations(string eventSource) =>
        Reject.InvalidParameter($"The event source {eventSource} must have exactly one destination.");

    /// <summary>Own words.</summary>
    public static ApiException WrongLevel(string eventSource, string level) =>
        Reject.InvalidParameter($"The event source {eventSource} must have the log level {level}.");

    /// <summary>Own words.</summary>
    public static ApiException NotificationsElsewhere() => Reject.InvalidParameter(
        $"The event source {EventSourceName.UserNotification} can only be sent to CloudWatch Logs.");

    /// <summary>Own words.</summary>
    public static ApiException WrongArn(string member, string kind) =>
        Reject.InvalidParameter($"{member} must be the ARN of {kind}.");
}
