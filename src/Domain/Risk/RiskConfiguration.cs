using System.Net;
using Lifeguard.Contract;

namespace Lifeguard.Domain.Risk;

/// <summary>What is to happen when something risky is seen, in the shape in which an administrator has set
/// it: for a pool, or for one of its clients instead.</summary>
/// <param name="Settings">Pool and client whose configuration it is, and up to three blocks.</param>
public sealed record RiskConfiguration(RiskConfigurationType Settings)
{
    /// <summary>Rises with every stored change, from zero where nothing is stored; guards against lost
    /// updates.</summary>
    public long Version { get; init; }

    public string PoolId => Settings.UserPoolId!;

    /// <summary>Null where it is the pool's.</summary>
    public string? ClientId => Settings.ClientId;

    /// <summary>Where nobody has set anything: nothing happens.</summary>
    public static RiskConfiguration None(string poolId, string? clientId) =>
        new(new RiskConfigurationType { UserPoolId = poolId, ClientId = clientId });

    /// <summary>The same, in force for a client and in its name; null for the pool.</summary>
    public RiskConfiguration For(string? clientId) =>
        this with { Settings = Settings with { ClientId = clientId } };

    /// <summary>With the blocks that are given in place of the present ones; the others stay.</summary>
    public RiskConfiguration With(RiskConfigurationType given, DateTimeOffset now) => this with
    {
        Settings = Settings with
        {
            CompromisedCredentialsRiskConfiguration = given.CompromisedCredentialsRiskConfiguration
                ?? Settings.CompromisedCredentialsRiskConfiguration,
            AccountTakeoverRiskConfiguration =
                given.AccountTakeoverRiskConfiguration ?? Settings.AccountTakeoverRiskConfiguration,
            RiskExceptionConfiguration =
                given.RiskExceptionConfiguration ?? Settings.RiskExceptionConfiguration,
            LastModifiedDate = now,
        },
    };

    /// <summary>Who sends its mails, as another region has it.</summary>
    public RiskConfiguration SentBy(NotifyConfigurationType? sender)
    {
        if (sender is null || Settings.AccountTakeoverRiskConfiguration is not { } takeover) return this;
        if (takeover.NotifyConfiguration is not { } notify) return this;
        var sent = notify with { SourceArn = sender.SourceArn, From = sender.From };
        return this with
        {
            Settings = Settings with
            {
                AccountTakeoverRiskConfiguration = takeover with { NotifyConfiguration = sent },
            },
        };
    }

    /// <summary>Are passwords looked up when they are used for this?</summary>
    /// <param name="use">One of <see cref="EventFilterType"/>; without a list all are meant (doc).</param>
    public bool LooksUpPasswords(string use) =>
        Settings.CompromisedCredentialsRiskConfiguration?.EventFilter is not { Count: > 0 } filter
        || filter.Contains(use);

    /// <summary>Is a password refused that is known to be in circulation?</summary>
    public bool BlocksCompromisedPasswords =>
        Settings.CompromisedCredentialsRiskConfiguration?.Actions?.EventAction
            == CompromisedCredentialsEventActionType.Block;

    /// <summary>What is done about a sign-in of this risk; null for nothing.</summary>
    /// <param name="level">One of <see cref="RiskLevelType"/>.</param>
    public AccountTakeoverActionType? ActionAt(string level)
    {
        var actions = Settings.AccountTakeoverRiskConfiguration?.Actions;
        return level switch
        {
            RiskLevelType.Low => actions?.LowAction,
            RiskLevelType.Medium => actions?.MediumAction,
            _ => actions?.HighAction,
        };
    }

    /// <summary>Nobody signs in from there.</summary>
    public bool Blocks(string address) =>
        IsIn(address, Settings.RiskExceptionConfiguration?.BlockedIPRangeList);

    /// <summary>Whoever signs in from there is no risk.</summary>
    public bool Skips(string address) =>
        IsIn(address, Settings.RiskExceptionConfiguration?.SkippedIPRangeList);

    private static bool IsIn(string address, IReadOnlyList<string>? ranges) =>
        ranges is { Count: > 0 }
        && IPAddress.TryParse(address, out var parsed)
        && ranges.Any(range => AddressRange.Parse(range)?.Contains(parsed) == true);
}
