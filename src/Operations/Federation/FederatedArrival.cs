using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Domain.OAuth;

namespace Lifeguard.Operations.Federation;

/// <summary>Somebody whom a provider has sent, at an app client that offers the provider.</summary>
public sealed record FederatedArrival(
    UserPool Pool, AppClient Client, IdentityProvider Provider, FederatedProfile Profile)
{
    /// <summary>What a user is called who comes into being so: folded as the pool compares names.</summary>
    public string Username => Pool.Fold($"{Provider.Name}_{Profile.Subject}");

    /// <summary>Refuses a name that no user could have.</summary>
    /// <exception cref="FederationException">That.</exception>
    public void MustBeNameable()
    {
        if (!Rules.UsernameType.Accepts(Username)) throw ProviderErrors.UserName(Provider, Username);
    }

    /// <summary>Never prints its members: they hold tokens.</summary>
    public override string ToString() => nameof(FederatedArrival);
}

/// <summary>The user whose account somebody's identity has opened, and how.</summary>
public sealed record FederatedUser(User User, BrowserSignIn SignIn);
