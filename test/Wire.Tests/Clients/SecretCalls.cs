using System.Text.Json.Nodes;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Clients;

/// <summary>Calls about the secrets of an app client, in one line each.</summary>
internal static class SecretCalls
{
    public const string Own = "my+own+secret+of+some+length";
    public const string NoSecret = "ResourceNotFoundException: Client secret does not exist";
    public const string NoPool = "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.";

    /// <summary>A client with one secret, and a user who signs in through it.</summary>
    public static async Task<TestPool> Confidential(World world)
    {
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        await pool.ConfirmedUser("ana");
        return pool;
    }

    public static Task<Answer> Add(this World world, TestPool pool, string? own = null) => world.Call(
        "AddUserPoolClientSecret", new { UserPoolId = pool.Id, pool.ClientId, ClientSecret = own });

    public static Task<Answer> DeleteSecret(this World world, TestPool pool, string secretId) => world.Call(
        "DeleteUserPoolClientSecret",
        new { UserPoolId = pool.Id, pool.ClientId, ClientSecretId = secretId });

    public static async Task<JsonArray> Secrets(this World world, TestPool pool) => (await world.Must(
        "ListUserPoolClientSecrets",
        new { UserPoolId = pool.Id, pool.ClientId }))["ClientSecrets"]!.AsArray();

    /// <summary>The ids of the client's secrets, the oldest first.</summary>
    public static async Task<IReadOnlyList<string>> SecretIds(this World world, TestPool pool) =>
        [.. (await world.Secrets(pool)).Select(secret => secret!["ClientSecretId"]!.GetValue<string>())];

    /// <summary>What comes of a sign-in through the client with this secret.</summary>
    public static async Task<string> SignInWith(this World world, TestPool pool, string? secret)
    {
        var app = new TestApp(world, new TestPool(world, pool.Id, pool.ClientId, secret));
        return TestApp.Outcome(await app.Password("ana"));
    }
}
