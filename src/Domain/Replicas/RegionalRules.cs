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

    /// <summary>The replica after a SetUserPoolMfaConfig in its region, which has only the sender of SMS of
    /// its own.</summary>
    /// <exception cref="ApiException">As <see cref="FactorRules.Changed"/>, and InvalidParameterException for
    /// what belongs to the pool's own region.</exception>
    public static UserPoolReplica Changed(
        UserPoolReplica replica, UserPool pool, GivenFactors given, DateTimeOffset now)
    {
        var changed = FactorRules.Changed(replica.ViewOf(pool), given, now);
        MustBeKept("MfaConfiguration", changed.Settings.MfaConfiguration, pool.Settings.MfaConfiguration);
        MustBeKept(
            "SmsAuthenticationMessage",
            changed.Settings.SmsAuthenticationMessage,
            pool.Settings.SmsAuthenticationMessage);
        MustBeKept(
            "SoftwareTokenMfaConfiguration", changed.Factors.SoftwareToken, pool.Factors.SoftwareToken);
        MustBeKept("EmailMfaConfiguration", changed.Factors.Email, pool.Factors.Email);
        MustBeKept("WebAuthnConfiguration", changed.Factors.WebAuthn, pool.Factors.WebAuthn);
        return replica with
        {
            Settings = replica.Settings with { SmsConfiguration = changed.Settings.SmsConfiguration },
            ModifiedAt = now,
        };
    }

    private static void MustBeKept<TSetting>(string member, TSetting given, TSetting stored)
    {
        if (!EqualityComparer<TSetting>.Default.Equals(given, stored))
            throw ReplicaRefusals.NotRegional(member);
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
