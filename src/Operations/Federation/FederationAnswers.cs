using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Federation;

/// <summary>Finds out what somebody was sent to a provider for who comes back from there.</summary>
public sealed class FederationAnswers(FederationStateStore states, IdentityProviderStore providers)
{
    private const int LongestText = 256;

    /// <summary>What is remembered, for the last time; null where it is unknown, over, or another
    /// browser's.</summary>
    /// <param name="stateText">That came back; null for none.</param>
    /// <param name="browsers">The secrets that the browser shows.</param>
    public Task<FederationState?> Take(
        UserPool pool, string? stateText, IEnumerable<string> browsers, Call call) =>
        stateText is { Length: > 0 and <= LongestText }
            ? ByKey(pool, FederationState.KeyOf(stateText), browsers, call)
            : Task.FromResult<FederationState?>(null);

    /// <summary>The same for who comes back from signing out.</summary>
    public Task<FederationState?> TakeSignOut(
        UserPool pool, string? stateText, IEnumerable<string> browsers, Call call) =>
        stateText is { Length: > 0 and <= LongestText }
            ? ByKey(pool, FederationState.SignOutKeyOf(stateText), browsers, call)
            : Task.FromResult<FederationState?>(null);

    /// <summary>The provider that somebody was sent to.</summary>
    /// <exception cref="FederationException">It is another one by now, or the client's no longer.</exception>
    public async Task<IdentityProvider> Asked(FederationState state, AppClient client, Call call)
    {
        var provider = await Offered(state.ProviderName, client, call);
        return provider.Id == state.ProviderId ? provider : throw ProviderErrors.NotAvailable();
    }

    /// <summary>A provider that the client offers.</summary>
    /// <exception cref="FederationException">It does not.</exception>
    public async Task<IdentityProvider> Offered(string name, AppClient client, Call call)
    {
        if (!client.Takes(name)) throw ProviderErrors.NotAvailable();
        return await providers.Find(client.PoolId, name, call.Cancelled)
            ?? throw ProviderErrors.NotAvailable();
    }

    private async Task<FederationState?> ByKey(
        UserPool pool, string key, IEnumerable<string> browsers, Call call)
    {
        foreach (var browser in browsers.Where(text => text.Length <= LongestText).Distinct().Take(2))
        {
            var taken = await states.Take(
                pool.Id, key, FederationState.KeyOf(browser), call.Now, call.Cancelled);
            if (taken is not null) return taken;
        }

        return null;
    }
}
