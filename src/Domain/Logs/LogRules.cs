using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.Logs;

/// <summary>Which logs may go where: failed messages to a log group at level ERROR, authentication events to
/// one log group, bucket or stream at level INFO (doc).</summary>
public static class LogRules
{
    private const string LogGroup = "log-group:";
    private const string DeliveryStream = "deliverystream/";

    /// <summary>The feature in the words of refusals (observed).</summary>
    public const string Feature = "Log Streaming";

    /// <summary>Refuses what no pool could have.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void Check(IReadOnlyList<LogConfigurationType> configurations)
    {
        MustBeDeliverable(configurations);
        foreach (var configuration in configurations)
        {
            if (LogDelivery.ArnsOf(configuration).Count > 1)
                throw LogRefusals.TwoDestinations(configuration.EventSource);
            MustFitSource(configuration);
            MustBeOfItsKind(configuration);
        }
    }

    /// <summary>Refuses what this pool cannot have: destinations of another Region, and events that its
    /// feature plan lacks.</summary>
    /// <exception cref="ApiException">InvalidParameterException,
    /// FeatureUnavailableInTierException.</exception>
    public static void CheckFor(UserPool pool, IReadOnlyList<LogConfigurationType> configurations)
    {
        foreach (var configuration in configurations)
        {
            foreach (var arn in LogDelivery.ArnsOf(configuration))
            {
                // A bucket's ARN names no Region.
                if (arn.Split(':')[3] is { Length: > 0 } region && region != pool.SeenIn)
                    throw LogRefusals.ForeignRegion();
            }

            if (configuration.EventSource == EventSourceName.UserAuthEvents && !pool.IsPlus)
                throw LogRefusals.NotInTier(pool.Settings.UserPoolTier ?? UserPoolTierType.Essentials);
        }
    }

    /// <summary>Both complaints share one text, the missing destination first; each source is named once
    /// (observed).</summary>
    private static void MustBeDeliverable(IReadOnlyList<LogConfigurationType> configurations)
    {
        var nowhere = configurations.Where(one => LogDelivery.ArnsOf(one).Count == 0)
            .Select(one => one.EventSource)
            .Distinct();
        var repeated = configurations.GroupBy(one => one.EventSource)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);
        if (LogRefusals.Undeliverable([.. nowhere], [.. repeated]) is { } refusal) throw refusal;
    }

    private static void MustFitSource(LogConfigurationType configuration)
    {
        var isNotification = configuration.EventSource == EventSourceName.UserNotification;
        var level = isNotification ? LogLevel.Error : LogLevel.Info;
        if (configuration.LogLevel != level)
            throw LogRefusals.WrongLevel(configuration.EventSource, level);
        if (isNotification && configuration.CloudWatchLogsConfiguration?.LogGroupArn is null)
            throw LogRefusals.NotificationsElsewhere();
    }

    private static void MustBeOfItsKind(LogConfigurationType configuration)
    {
        if (configuration.CloudWatchLogsConfiguration?.LogGroupArn is { } group
            && !IsNamed("logs", group, LogGroup))
        {
            throw LogRefusals.WrongArn(nameof(CloudWatchLogsConfigurationType.LogGroupArn), "a log group");
        }

        if (configuration.FirehoseConfiguration?.StreamArn is { } stream
            && !IsNamed("firehose", stream, DeliveryStream))
        {
            throw LogRefusals.WrongArn(nameof(FirehoseConfigurationType.StreamArn), "a delivery stream");
        }

        if (configuration.S3Configuration?.BucketArn is { } bucket && !IsBucket(bucket))
            throw LogRefusals.WrongArn(nameof(S3ConfigurationType.BucketArn), "a bucket");
    }

    private static bool IsNamed(string service, string arn, string prefix) =>
        Arns.IsOf(service, arn)
        && arn.Split(':', 6) is [_, _, _, { Length: > 0 }, _, var resource]
        && resource.StartsWith(prefix, StringComparison.Ordinal)
        && resource[prefix.Length..] is { Length: > 0 } name
        && !name.Contains(':');

    private static bool IsBucket(string arn) =>
        arn.Split(':', 6) is ["arn", { Length: > 0 }, "s3", "", "", { Length: > 0 } bucket]
        && !bucket.Contains('/')
        && !bucket.Contains(':');
}
