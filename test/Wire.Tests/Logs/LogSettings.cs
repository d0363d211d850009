namespace Lifeguard.Wire.Tests.Logs;

/// <summary>Log configurations and pools that tests of several operations use.</summary>
internal static class LogSettings
{
    public const string Group = "arn:aws:logs:us-east-1:000000000000:log-group:/pools/messages";
    public const string Stream = "arn:aws:firehose:us-east-1:000000000000:deliverystream/sign-ins";
    public const string StreamAbroad = "arn:aws:firehose:eu-west-1:000000000000:deliverystream/sign-ins";
    public const string Bucket = "arn:aws:s3:::sign-ins";

    /// <summary>Failed messages to <see cref="Group"/>.</summary>
    public static readonly object Notifications = new
    {
        LogLevel = "ERROR",
        EventSource = "userNotification",
        CloudWatchLogsConfiguration = new { LogGroupArn = Group },
    };

    /// <summary>Authentication events to <see cref="Stream"/>.</summary>
    public static readonly object Activity = new
    {
        LogLevel = "INFO",
        EventSource = "userAuthEvents",
        FirehoseConfiguration = new { StreamArn = Stream },
    };

    /// <summary>Authentication events to a stream in the region of replicas.</summary>
    public static readonly object ActivityAbroad = new
    {
        LogLevel = "INFO",
        EventSource = "userAuthEvents",
        FirehoseConfiguration = new { StreamArn = StreamAbroad },
    };

    /// <summary>Settings of a pool that watches its users.</summary>
    public static readonly object Watching = new
    {
        UserPoolTier = "PLUS",
        UserPoolAddOns = new { AdvancedSecurityMode = "AUDIT" },
        AutoVerifiedAttributes = (string[])["email"],
    };

    /// <summary>The body of SetLogDeliveryConfiguration.</summary>
    public static object Of(string poolId, params object[] configurations) =>
        new { UserPoolId = poolId, LogConfigurations = configurations };
}
