using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.Replicas;

/// <summary>The settings that each region of a replicated pool has of its own (doc).</summary>
public static class RegionalRules
{
    private static readonly HashSet<string> Regional =
    [
        nameof(UserPoolType.EmailConfiguration), nameof(UserPoolType.SmsConfiguration),
        nameof(UserPoolType.LambdaConfig), nameof(UserPoolType.UserPoolTags),
    ];

    /// <summary>The regional settings alone, checked and with their defaults.</summary>
    /// <param name="region">The replica's region.</param>
    /// <exception cref="ApiException">InvalidParameterException, UserPoolTaggingException.</exception>
    public static UserPoolType Complete(UserPoolType given, string region)
    {
        DeliveryRules.CheckSms(given.SmsConfiguration, region);
        return new()
        {
            EmailConfiguration = DeliveryRules.Email(given.EmailConfiguration),
            SmsConfiguration = given.SmsConfiguration,
            LambdaConfig = LambdaRules.Complete(given.LambdaConfig),
            UserPoolTags = TagRules.Checked(given.UserPoolTags),
        };
    }

    /// <summary>The replica after an UpdateUserPool in its region. All other settings come from the pool's
    /// own region: they can be sent along, as they are (doc).</summary>
    /// <exception cref="ApiException">InvalidParameterException, UserPoolTaggingException.</exception>
    public static UserPoolReplica Changed(
        UserPoolReplica replica, UserPool pool, UserPoolType given, DateTimeOffset now)
    {
        MustMatch(given, pool.Settings);
        return replica with { Settings = Complete(given, replica.Region), ModifiedAt = now };
    }

    private static void MustMatch(UserPoolType given, UserPoolType stored)
    {
        using var asked = JsonDocument.Parse(WireBody.ToBytes(given));
        using var kept = JsonDocument.Parse(WireBody.ToBytes(stored));
        foreach (var member in asked.RootElement.EnumerateObject())
        {
            if (Regional.Contains(member.Name)) continue;
            if (!kept.RootElement.TryGetProperty(member.Name, out var value)
                || !JsonElement.DeepEquals(member.Value, value))
            {
                throw ReplicaRefusals.NotRegional(member.Name);
            }
        }
    }
}
