using System.Buffers.Text;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.Limits;
using Lifeguard.Domain.OAuth;
using Lifeguard.Storage;

namespace Lifeguard.Operations.Federation;

/// <summary>Sends a browser to another identity provider, and remembers what for.</summary>
public sealed class FederationBegin(
    FederationStateStore states, OAuthFederation oauth, SamlFederation saml, RateLimits rates,
    RandomSource random)
{
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    /// <summary>Where to send it, and what it has to show again.</summary>
    /// <exception cref="ApiException">TooManyRequestsException.</exception>
    /// <exception cref="FederationException">The client does not offer the provider.</exception>
    public async Task<BegunFederation> Begin(FederationStart start, Call call)
    {
        // Nobody has proved anything yet, and each beginning leaves a row.
        await rates.Enter(RateCategory.UserFederation, call.Now, call.Cancelled);
        if (!start.Client.Takes(start.Provider.Name))
            throw ProviderErrors.NotAvailable();
        var (provider, text) = (start.Provider, Secret());
        var browser = IsSecret(start.Browser) ? start.Browser! : Secret();
        var speaks = provider.IsSaml ? null : new OAuthProvider(provider);
        var state = new FederationState
        {
            PoolId = start.Pool.Id,
            Key = FederationState.KeyOf(text),
            Browser = FederationState.KeyOf(browser),
            Query = start.Request.Query,
            ProviderName = provider.Name,
            ProviderId = provider.Id,
            Callback = start.DomainAddress + OAuthFederation.AnswerPath,
            Nonce = speaks?.HasIdToken == true ? Secret() : null,
            Verifier = speaks?.TakesProofKey == true ? Secret() : null,
            SamlRequestId = speaks is null ? random.Id() : null,
            ExpiresAt = call.Now + FederationState.Lifetime,
        };
        var address = state.SamlRequestId is { } id
            ? await saml.Begin(
                start.Pool, provider, start.DomainAddress, text, id, call,
                asksAgain: start.Request.Prompt.Contains("login"))
            : oauth.Begin(provider, start.Request, state, text);
        await states.Add(state, call.Cancelled);
        return new(address, browser);
    }

    /// <summary>Where to send a browser that is to be signed out at a SAML provider, too; null where the
    /// provider wants to know nothing of it.</summary>
    /// <exception cref="ApiException">TooManyRequestsException.</exception>
    public async Task<BegunFederation?> BeginSignOut(FederationSignOut start, Call call)
    {
        await rates.Enter(RateCategory.UserFederation, call.Now, call.Cancelled);
        var (text, id) = (Secret(), random.Id());
        var browser = IsSecret(start.Browser) ? start.Browser! : Secret();
        var (pool, provider) = (start.Pool, start.Provider);
        var address = await saml.BeginLogout(
            pool, provider, start.DomainAddress, start.Session, text, id, call);
        if (address is null) return null;
        await states.Add(
            new()
            {
                PoolId = pool.Id,
                Key = FederationState.SignOutKeyOf(text),
                Browser = FederationState.KeyOf(browser),
                Query = start.Onward,
                ProviderName = provider.Name,
                ProviderId = provider.Id,
                Callback = start.DomainAddress + SamlFederation.LogoutPath,
                SamlRequestId = id,
                ExpiresAt = call.Now + FederationState.Lifetime,
            },
            call.Cancelled);
        return new(address, browser);
    }

    private string Secret() => Base64Url.EncodeToString(random.Bytes(SecretBytes));

    /// <summary>A browser that is on its way already keeps its secret, so that it may be so in two
    /// windows.</summary>
    private static bool IsSecret(string? text) =>
        text?.Length == SecretLength
        && text.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_');
}

/// <summary>Somebody is to sign in at another provider.</summary>
/// <param name="DomainAddress">Of the domain that the browser came to, without a slash at its end.</param>
/// <param name="Browser">The secret that the browser has from before; null for none.</param>
public sealed record FederationStart(
    UserPool Pool, AppClient Client, IdentityProvider Provider, AuthorizationRequest Request,
    string DomainAddress, string? Browser)
{
    /// <summary>Never prints its members: they hold secrets.</summary>
    public override string ToString() => nameof(FederationStart);
}

/// <summary>Somebody is to be signed out at a SAML provider.</summary>
/// <param name="Session">Of the sign-in.</param>
/// <param name="DomainAddress">As for <see cref="FederationStart"/>, and so is the browser's secret.</param>
/// <param name="Onward">Where the browser goes when it is back.</param>
public sealed record FederationSignOut(
    UserPool Pool, IdentityProvider Provider, SamlSession Session, string DomainAddress, string Onward,
    string? Browser)
{
    /// <summary>Never prints its members: they hold secrets.</summary>
    public override string ToString() => nameof(FederationSignOut);
}

/// <summary>Where a browser is sent.</summary>
/// <param name="Browser">The secret that it has to show with the answer.</param>
public sealed record BegunFederation(Uri Address, string Browser)
{
    /// <summary>Never prints its members: they hold secrets.</summary>
    public override string ToString() => nameof(BegunFederation);
}
