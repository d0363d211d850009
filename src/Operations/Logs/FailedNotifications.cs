using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Logs;
using Lifeguard.Storage;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Lifeguard.Operations.Logs;

/// <summary>Tells the administrators of a pool, where its log delivery asks for it, that a message has not
/// reached its user. Every attempt is told of; neither the address nor what the message says.</summary>
public sealed partial class FailedNotifications(
    LogDeliveryStore deliveries, ReplicaStore replicas, LogQueue queue, TimeProvider clock,
    ILogger<FailedNotifications> log)
{
    /// <summary>Never throws.</summary>
    /// <param name="reason">In the transport's words, without addresses and codes.</param>
    /// <param name="isLast">No further attempt will be made.</param>
    public async Task Tell(OutgoingMessage message, string reason, bool isLast)
    {
        try
        {
            var delivery = await DeliveryOf(message);
            if (delivery.DestinationOf(EventSourceName.UserNotification) is not { } destination) return;
            var details = Details(message, reason, isLast);
            queue.Add(
                destination,
                message.PoolId,
                LogLines.Notification(message.PoolId, details, clock.GetUtcNow()));
        }
#pragma warning disable CA1031 // What becomes of the message must not hang on its log line.
        catch (Exception failure)
#pragma warning restore CA1031 // See above.
        {
            LogTrouble(log, failure, message.Id);
        }
    }

    private async Task<LogDelivery> DeliveryOf(OutgoingMessage message)
    {
        if (message.Region is null) return await deliveries.Of(message.PoolId, CancellationToken.None);
        var there = await replicas.Of(message.PoolId, CancellationToken.None);
        return there.FirstOrDefault(replica => replica.Region == message.Region)?.Logs
            ?? LogDelivery.None(message.PoolId);
    }

    private static string Details(OutgoingMessage message, string reason, bool isLast)
    {
        var medium = message.Medium == DeliveryMedium.Email ? "E-mail" : "SMS";
        var outlook = isLast ? "will not be tried again" : "will be tried again";
        return $"{medium} message {message.Id} ({message.Purpose}) to user {message.Sub} was not delivered "
            + $"and {outlook}: {reason}";
    }

    [LoggerMessage(1, LogLevel.Error, "That message {MessageId} failed could not be logged")]
    private static partial void LogTrouble(ILogger log, Exception failure, string messageId);
}
