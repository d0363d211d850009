using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Operations.IdentityProviders;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Federation;

/// <summary>
/// Reads anew what SAML providers say of themselves at their <c>MetadataURL</c>: every six hours, or when
/// what they said has ended (doc). It is done by the first who uses the provider then; nobody waits beside
/// it, and where nothing good is read, what is known stays. Each node remembers by itself when that was.
/// </summary>
public sealed class MetadataRefresh(
    Database database, IdentityProviderStore providers, CompleteDetails complete)
{
    private const int MaxRemembered = 10_000;

    private static readonly TimeSpan Period = TimeSpan.FromHours(6);

    /// <summary>Until the next try, whatever comes of this one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<(string PoolId, string Id), DateTimeOffset> due = [];

    /// <summary>The provider as it is now.</summary>
    public async Task<IdentityProvider> Current(IdentityProvider provider, Call call)
    {
        if (!provider.IsSaml || !provider.PublishesMetadata) return provider;
        if (!IsMine(provider, call.Now)) return provider;
        try
        {
            var details = await complete.Of(provider.Type, provider.Details, call);
            // Under another name it is somebody else, for whom nobody has decided.
            if (details.Issuer != provider.Issuer) return provider;
            Remember(provider, Next(details.ValidUntil, call.Now));
            return SaysTheSame(provider, details) ? provider : await Store(provider, details, call);
        }
        catch (ApiException)
        {
            return provider;
        }
    }

    /// <summary>Of all who ask at once, one is to read.</summary>
    private bool IsMine(IdentityProvider provider, DateTimeOffset now)
    {
        lock (gate)
        {
            var key = (provider.PoolId, provider.Id);
            if (!due.TryGetValue(key, out var at)) at = provider.ModifiedAt + Period;
            if (now < at) return false;
            if (due.Count >= MaxRemembered) due.Clear();
            due[key] = now + Pause;
            return true;
        }
    }

    private void Remember(IdentityProvider provider, DateTimeOffset at)
    {
        lock (gate) due[(provider.PoolId, provider.Id)] = at;
    }

    private static DateTimeOffset Next(DateTimeOffset? end, DateTimeOffset now)
    {
        var next = now + Period;
        if (end < next) next = end.Value;
        return next > now + Pause ? next : now + Pause;
    }

    private static bool SaysTheSame(IdentityProvider provider, ProviderDetails details) =>
        provider.Certificates.SequenceEqual(details.Certificates)
        && provider.Details.Count == details.All.Count
        && provider.Details.All(pair => details.All.GetValueOrDefault(pair.Key) == pair.Value);

    private async Task<IdentityProvider> Store(
        IdentityProvider provider, ProviderDetails details, Call call)
    {
        var changed = provider with
        {
            Settings = provider.Settings with { ProviderDetails = details.All },
            Certificates = details.Certificates,
        };
        try
        {
            await database.Write(
                transaction => providers.Update(transaction, changed, call.Cancelled), call.Cancelled);
            return changed with { Version = provider.Version + 1 };
        }
        catch (ConflictException)
        {
            // Another node has read it too, or an administrator says something else.
            return await providers.Find(provider.PoolId, provider.Name, call.Cancelled) ?? provider;
        }
    }
}
