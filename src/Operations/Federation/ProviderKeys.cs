using Lifeguard.Domain.Federation;
using Lifeguard.Protocol.Jose;

namespace Lifeguard.Operations.Federation;

/// <summary>The keys that providers sign with. Kept for an hour, and read anew earlier where a token names
/// one that is not among them, though not again and again.</summary>
public sealed class ProviderKeys(ProviderExchange exchange)
{
    private const int Capacity = 1000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Whoever sends tokens with keys that nobody has makes no more than so many requests.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, KeptKeys> kept = [];

    /// <summary>Is the token signed by the provider?</summary>
    /// <exception cref="FederationException">Its keys could not be had.</exception>
    public async Task<bool> Verify(OAuthProvider provider, ForeignToken token, Call call)
    {
        if (provider.KeysUrl is not { } address) return false;
        var known = Find(address);
        if (known is not null && !known.IsStale(token, call.Now)) return known.Keys.Verify(token);
        var keys = await Fetch(provider, address, call);
        Keep(address, new(keys, call.Now));
        return keys.Verify(token);
    }

    private async Task<ForeignKeys> Fetch(OAuthProvider provider, string address, Call call)
    {
        var answer = await exchange.Send(
            provider, ProviderRequest.Plain(HttpMethod.Get, address), ProviderErrors.KeysTimeout(), call);
        return answer.Status == 200 && ForeignKeys.Read(answer.Body) is { } keys
            ? keys
            : throw ProviderErrors.NoKeys(provider.Name, answer.Status);
    }

    private KeptKeys? Find(string address)
    {
        lock (gate) return kept.GetValueOrDefault(address);
    }

    private void Keep(string address, KeptKeys keys)
    {
        lock (gate)
        {
            if (kept.Count >= Capacity) kept.Clear();
            kept[address] = keys;
        }
    }

    private sealed record KeptKeys(ForeignKeys Keys, DateTimeOffset ReadAt)
    {
        public bool IsStale(ForeignToken token, DateTimeOffset now) =>
            // A clock that was set back makes nothing last for ever.
            now < ReadAt || now - ReadAt >= Lifetime || (now - ReadAt >= Pause && !Keys.Knows(token));
    }
}
