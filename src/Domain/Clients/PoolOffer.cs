using Lifeguard.Contract;
using Lifeguard.Domain.ResourceServers;

namespace Lifeguard.Domain.Clients;

/// <summary>What a pool has that its app clients may name.</summary>
/// <param name="PoolId">For messages.</param>
/// <param name="Settings">Its schema and tier are looked at.</param>
/// <param name="Providers">Names of identity providers, <c>COGNITO</c> among them.</param>
/// <param name="Scopes">OAuth scopes, the system ones among them.</param>
public sealed record PoolOffer(
    string PoolId, UserPoolType Settings, IReadOnlySet<string> Providers, IReadOnlySet<string> Scopes)
{
    /// <summary>The pool's own users, as an identity provider.</summary>
    public const string OwnUsers = "COGNITO";

    /// <summary>The scopes that stand for a user's data; each pool has them (doc).</summary>
    public static readonly IReadOnlySet<string> SystemScopes = new HashSet<string>
    {
        "openid", "email", "phone", "profile", "aws.cognito.signin.user.admin",
    };

    /// <summary>Lets its holder register app clients, where the pool has dynamic client registration. It is
    /// no user's: clients get it with their own credentials (doc).</summary>
    public const string RegistrationScope = "aws.cognito/dcr/register";

    /// <summary>What a pool has.</summary>
    /// <param name="providers">Names of its identity providers; none where they do not matter.</param>
    public static PoolOffer Of(
        UserPool pool, IEnumerable<ResourceServer> servers, params IEnumerable<string> providers) => new(
        pool.Id,
        pool.Settings,
        new HashSet<string>(providers) { OwnUsers },
        ScopesOf(pool.Settings, servers));

    private static HashSet<string> ScopesOf(UserPoolType pool, IEnumerable<ResourceServer> servers)
    {
        var scopes = new HashSet<string>(SystemScopes);
        scopes.UnionWith(servers.SelectMany(server => server.FullScopes));
        if (pool.DcrConfiguration?.EnableStatus == StatusType.Enabled) scopes.Add(RegistrationScope);
        return scopes;
    }
}
