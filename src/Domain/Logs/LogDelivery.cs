using Lifeguard.Contract;

namespace Lifeguard.Domain.Logs;

/// <summary>Where a pool's logs go, in the shape in which an administrator has set it.</summary>
public sealed record LogDelivery(LogDeliveryConfigurationType Settings)
{
    /// <summary>A pool whose logs nobody has asked for.</summary>
    public static LogDelivery None(string poolId) =>
        new(new LogDeliveryConfigurationType { UserPoolId = poolId, LogConfigurations = [] });

    public string PoolId => Settings.UserPoolId;

    /// <summary>The ARN that events of this source go to; null for nowhere.</summary>
    public string? DestinationOf(string eventSource)
    {
        foreach (var configuration in Settings.LogConfigurations)
        {
            if (configuration.EventSource != eventSource) continue;
            if (ArnsOf(configuration) is [var arn, ..]) return arn;
        }

        return null;
    }

    /// <summary>Every ARN that a configuration holds; one in any that is stored.</summary>
    public static IReadOnlyList<string> ArnsOf(LogConfigurationType configuration) =>
    [
        .. ((string?[])
        [
            configuration.CloudWatchLogsConfiguration?.LogGroupArn,
            configuration.S3Configuration?.BucketArn,
            configuration.FirehoseConfiguration?.StreamArn,
        ]).OfType<string>(),
    ];
}
