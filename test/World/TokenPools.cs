using System.Text.Json.Nodes;

namespace Lifeguard.Worlds;

/// <summary>Pools whose function changes tokens.</summary>
public static class TokenPools
{
    public const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:tokens";

    /// <summary>Settings for <see cref="TestPool.Create"/>.</summary>
    /// <param name="version">V1_0, V2_0 or V3_0.</param>
    public static object Settings(string version) => new
    {
        LambdaConfig = new
        {
            PreTokenGenerationConfig = new { LambdaVersion = version, LambdaArn = Arn },
        },
    };

    /// <summary>An application of such a pool with the user ana, who is in two groups.</summary>
    public static async Task<TestApp> Create(
        World world, string version, object? settings = null, object? client = null)
    {
        var pool = await TestPool.Create(world, Calls.Merge(Settings(version), settings), client);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Group(world, pool, "staff", 2, "arn:aws:iam::000000000000:role/staff");
        await Group(world, pool, "admins", 1, "arn:aws:iam::000000000000:role/admins");
        world.ChangesTokens(null);
        return new(world, pool);
    }

    /// <summary>What the function answers: the one member of its version, as JSON.</summary>
    public static void ChangesTokens(this World world, string? details) => world.Triggers.On(Arn, input =>
    {
        var member = input["version"]!.GetValue<string>() == "1"
            ? "claimsOverrideDetails"
            : "claimsAndScopeOverrideDetails";
        input["response"] = new JsonObject { [member] = details is null ? null : JsonNode.Parse(details) };
    });

    /// <summary>The request of the last event.</summary>
    public static JsonObject LastEvent(this World world) => world.Triggers.Events[^1];

    private static async Task Group(World world, TestPool pool, string name, int precedence, string role)
    {
        await world.Must(
            "CreateGroup",
            new { UserPoolId = pool.Id, GroupName = name, Precedence = precedence, RoleArn = role });
        await world.Must(
            "AdminAddUserToGroup", new { UserPoolId = pool.Id, GroupName = name, Username = "ana" });
    }
}
