using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain.Pools;
using Lifeguard.Domain.Replicas;

namespace Lifeguard.Domain.Risk;

/// <summary>What may stand in a risk configuration, beyond the bounds of the contract.</summary>
public static class RiskRules
{
    /// <summary>Refuses what no pool could have.</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static void Check(RiskConfigurationType given)
    {
        if (given.AccountTakeoverRiskConfiguration is { } takeover) Check(takeover);
        if (given.RiskExceptionConfiguration is not { } exceptions) return;
        MustBeRanges(
            nameof(RiskExceptionConfigurationType.BlockedIPRangeList), exceptions.BlockedIPRangeList);
        MustBeRanges(
            nameof(RiskExceptionConfigurationType.SkippedIPRangeList), exceptions.SkippedIPRangeList);
    }

    /// <summary>Does the request name no block, and thereby bring the default back (doc)?</summary>
    public static bool IsReset(RiskConfigurationType given) =>
        given.CompromisedCredentialsRiskConfiguration is null
        && given.AccountTakeoverRiskConfiguration is null
        && given.RiskExceptionConfiguration is null;

    /// <summary>In the region of a replica: everything but the sender of mails has to be as it is
    /// (doc).</summary>
    /// <exception cref="ApiException">InvalidParameterException.</exception>
    public static NotifyConfigurationType? SenderOfReplica(
        RiskConfiguration stored, RiskConfigurationType given)
    {
        var sender = given.AccountTakeoverRiskConfiguration?.NotifyConfiguration;
        var asked = stored.With(given, default).SentBy(
            stored.Settings.AccountTakeoverRiskConfiguration?.NotifyConfiguration);
        MustBeSame(
            nameof(RiskConfigurationType.CompromisedCredentialsRiskConfiguration),
            asked.Settings.CompromisedCredentialsRiskConfiguration,
            stored.Settings.CompromisedCredentialsRiskConfiguration);
        MustBeSame(
            nameof(RiskConfigurationType.AccountTakeoverRiskConfiguration),
            asked.Settings.AccountTakeoverRiskConfiguration,
            stored.Settings.AccountTakeoverRiskConfiguration);
        MustBeSame(
            nameof(RiskConfigurationType.RiskExceptionConfiguration),
            asked.Settings.RiskExceptionConfiguration,
            stored.Settings.RiskExceptionConfiguration);
        return sender;
    }

    private static void Check(AccountTakeoverRiskConfigurationType takeover)
    {
        var actions = takeover.Actions;
        var isNotified =
            actions.LowAction?.Notify == true
            || actions.MediumAction?.Notify == true
            || actions.HighAction?.Notify == true;
        if (takeover.NotifyConfiguration is not { } notify)
        {
            if (isNotified) throw RiskRefusals.NoNotifyConfiguration();
            return;
        }

        if (!Arns.IsOf("ses", notify.SourceArn)) throw RiskRefusals.SourceArn();
        MustBeMailbox(nameof(NotifyConfigurationType.From), notify.From);
        MustBeMailbox(nameof(NotifyConfigurationType.ReplyTo), notify.ReplyTo);
        MustHaveBody(nameof(NotifyConfigurationType.BlockEmail), notify.BlockEmail);
        MustHaveBody(nameof(NotifyConfigurationType.NoActionEmail), notify.NoActionEmail);
        MustHaveBody(nameof(NotifyConfigurationType.MfaEmail), notify.MfaEmail);
    }

    private static void MustBeMailbox(string member, string? text)
    {
        if (text is not null && !DeliveryRules.IsMailbox(text)) throw PoolRefusals.Mailbox(member);
    }

    private static void MustHaveBody(string member, NotifyEmailType? email)
    {
        if (email is { HtmlBody: null, TextBody: null }) throw RiskRefusals.NoBody(member);
    }

    private static void MustBeRanges(string member, IReadOnlyList<string>? ranges)
    {
        foreach (var range in ranges ?? [])
            if (AddressRange.Parse(range) is null) throw RiskRefusals.NoRange(member);
    }

    private static void MustBeSame(string member, IShape? asked, IShape? stored)
    {
        if (asked is null && stored is null) return;
        if (asked is null || stored is null) throw ReplicaRefusals.NotRegional(member);
        using var one = JsonDocument.Parse(WireBody.ToBytes(asked));
        using var other = JsonDocument.Parse(WireBody.ToBytes(stored));
        if (!JsonElement.DeepEquals(one.RootElement, other.RootElement))
            throw ReplicaRefusals.NotRegional(member);
    }
}
