using Lifeguard.Contract;
using Lifeguard.Domain.Risk;

namespace Lifeguard.Storage.Tests;

public sealed class RiskConfigurationStoreTests
{
    [Theory, EachDatabase]
    public async Task A_client_has_the_pool_s_configuration_until_it_has_its_own(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var risks = new RiskConfigurationStore(stores.Database);
        Assert.False(await Blocks(risks, "client"));

        await Set(stores, risks, RiskConfiguration.None("p", null), isBlocking: true);
        Assert.True(await Blocks(risks, null));
        Assert.True(await Blocks(risks, "client"));
        Assert.Equal("client", (await risks.Of("p", "client", null, Stores.Cancellation)).ClientId);
        await Set(stores, risks, RiskConfiguration.None("p", "client"), isBlocking: false);
        Assert.False(await Blocks(risks, "client"));
        Assert.True(await Blocks(risks, "other"));
        await Remove(stores, risks, "client");
        Assert.True(await Blocks(risks, "client"));
        await Remove(stores, risks, null);

        Assert.False(await Blocks(risks, "client"));
    }

    [Theory, EachDatabase]
    public async Task Who_writes_over_what_another_has_written_is_told(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var risks = new RiskConfigurationStore(stores.Database);
        var none = await risks.Own("p", null, Stores.Cancellation);
        await Set(stores, risks, none, isBlocking: true);
        var first = await risks.Own("p", null, Stores.Cancellation);
        await Set(stores, risks, first, isBlocking: true);

        await Assert.ThrowsAsync<ConflictException>(() => Set(stores, risks, none, isBlocking: false));
        await Assert.ThrowsAsync<ConflictException>(() => Set(stores, risks, first, isBlocking: false));
        Assert.Equal(
            2, (await risks.Own("p", null, Stores.Cancellation)).Version);
    }

    [Theory, EachDatabase]
    public async Task A_region_has_a_sender_of_its_own(DatabaseKind kind)
    {
        await using var stores = await Stores.Open(kind);
        var risks = new RiskConfigurationStore(stores.Database);
        await Set(stores, risks, RiskConfiguration.None("p", null), isBlocking: true);
        var pool = await risks.Own("p", null, Stores.Cancellation);
        foreach (var from in (string[])["a@example.com", "b@example.com"])
        {
            await stores.Write(transaction => risks.SetSender(
                transaction, pool, "eu-west-1", new() { SourceArn = "arn", From = from }, stores.Now,
                Stores.Cancellation));
        }

        Assert.Equal("b@example.com", await From("eu-west-1"));
        Assert.Equal("home@example.com", await From(null));
        Assert.Equal("home@example.com", await From("eu-west-2"));
        await stores.Write(transaction => risks.RemoveRegion(
            transaction, "p", "eu-west-1", Stores.Cancellation));
        Assert.Equal("home@example.com", await From("eu-west-1"));

        async Task<string?> From(string? region) =>
            (await risks.Of("p", "client", region, Stores.Cancellation))
            .Settings.AccountTakeoverRiskConfiguration!.NotifyConfiguration!.From;
    }

    private static async Task<bool> Blocks(RiskConfigurationStore risks, string? clientId) =>
        (await risks.Of("p", clientId, null, Stores.Cancellation)).BlocksCompromisedPasswords;

    private static Task Set(
        Stores stores, RiskConfigurationStore risks, RiskConfiguration before, bool isBlocking)
    {
        var changed = before.With(
            new()
            {
                CompromisedCredentialsRiskConfiguration = new()
                {
                    Actions = new() { EventAction = isBlocking ? "BLOCK" : "NO_ACTION" },
                },
                AccountTakeoverRiskConfiguration = new()
                {
                    Actions = new(),
                    NotifyConfiguration = new() { SourceArn = "arn", From = "home@example.com" },
                },
            },
            stores.Now);
        return stores.Write(transaction => risks.Set(transaction, changed, Stores.Cancellation));
    }

    private static Task Remove(Stores stores, RiskConfigurationStore risks, string? clientId) =>
        stores.Write(transaction => risks.Remove(transaction, "p", clientId, Stores.Cancellation));
}
