using Lifeguard.Contract;
using Lifeguard.Domain.Pools;

namespace Lifeguard.Domain.ResourceServers;

/// <summary>An API that app clients of a pool may be allowed to use, and the scopes that it
/// distinguishes.</summary>
public sealed record ResourceServer
{
    /// <summary>Resource servers in one pool (doc).</summary>
    public const int MaxServers = 25;

    public required string PoolId { get; init; }

    /// <summary>Unique in the pool; a name or a URL. Never changes.</summary>
    public required string Identifier { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<ResourceServerScopeType> Scopes { get; init; }

    /// <summary>The scopes as clients ask for them and as tokens hold them: the identifier, a slash, the
    /// scope's own name, which has none (doc).</summary>
    public IEnumerable<string> FullScopes => Scopes.Select(scope => $"{Identifier}/{scope.ScopeName}");

    /// <summary>A resource server as a request describes it.</summary>
    /// <exception cref="ApiException">InvalidParameterException: two scopes have the same name.</exception>
    public static ResourceServer Of(
        string poolId, string identifier, string name, IReadOnlyList<ResourceServerScopeType>? scopes)
    {
        scopes ??= [];
        // The words are our own.
        if (scopes.DistinctBy(scope => scope.ScopeName).Count() < scopes.Count)
            throw Reject.InvalidParameter("Scope names must be unique within a resource server.");
        return new() { PoolId = poolId, Identifier = identifier, Name = name, Scopes = scopes };
    }

    /// <summary>The resource server as answers show it.</summary>
    public ResourceServerType Describe() => new()
    {
        UserPoolId = PoolId,
        Identifier = Identifier,
        Name = Name,
        Scopes = Scopes,
    };

    public static ApiException NotFound(string identifier) =>
        new(Errors.ResourceNotFoundException, $"Resource server {identifier} does not exist.");

    public static ApiException Exists(string poolId, string identifier) =>
        Reject.InvalidParameter($"{identifier} already exists in user pool {poolId}.");

    public static ApiException TooMany() => PoolRefusals.TooMany("resource servers", MaxServers);
}
