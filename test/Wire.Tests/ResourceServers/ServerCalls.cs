using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.ResourceServers;

/// <summary>Calls as tests of resource servers make them.</summary>
internal static class ServerCalls
{
    public const string Identifier = "https://planets.example/api";

    /// <summary>A request that creates or updates a resource server with scopes of these names.</summary>
    public static object Request(TestPool pool, string identifier, params string[] scopes) => new
    {
        UserPoolId = pool.Id,
        Identifier = identifier,
        Name = "Planets",
        Scopes = scopes.Select(name => new { ScopeName = name, ScopeDescription = $"May {name}" }),
    };

    public static Task<Answer> Create(
        World world, TestPool pool, string identifier, params string[] scopes) =>
        world.Call("CreateResourceServer", Request(pool, identifier, scopes));

    /// <summary>The answer of an operation on a resource server.</summary>
    public static Task<Answer> On(World world, string operation, TestPool pool, string identifier) =>
        world.Call(operation, new { UserPoolId = pool.Id, Identifier = identifier });
}
