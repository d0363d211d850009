using System.Text.Json.Nodes;

namespace Lifeguard.Worlds;

/// <summary>Pools whose function knows users of elsewhere.</summary>
public static class MigrationPools
{
    public const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:migrate";

    /// <summary>Settings for <see cref="TestPool.Create"/>.</summary>
    public static readonly object Settings = new { LambdaConfig = new { UserMigration = Arn } };

    /// <summary>An application of such a pool. Elsewhere only ana is known, with
    /// <see cref="TestPool.Password"/> and her address.</summary>
    /// <param name="prevent">LEGACY or ENABLED.</param>
    public static async Task<TestApp> Create(
        World world, object? settings = null, string prevent = "LEGACY", bool byAdministrator = false)
    {
        var pool = await TestPool.Create(
            world, Calls.Merge(Settings, settings), new { PreventUserExistenceErrors = prevent });
        world.Knows("ana", """{"userAttributes":{"email":"ana@example.com","email_verified":"true"}}""");
        return new(world, pool, byAdministrator);
    }

    /// <summary>The function describes <paramref name="name"/> so to whoever has the password or has
    /// forgotten it, and says no to all others. Users keep their passwords and are not written to, unless it
    /// says so.</summary>
    /// <param name="response">Members of the answer, as JSON.</param>
    public static void Knows(this World world, string name, string response) =>
        world.Triggers.On(Arn, input =>
        {
            var request = input["request"]!.AsObject();
            var isKnown = input["userName"]!.GetValue<string>() == name
                && (!request.ContainsKey("password")
                    || request["password"]!.GetValue<string>() == TestPool.Password);
            if (!isKnown) return;
            var answer = new JsonObject { ["finalUserStatus"] = "CONFIRMED", ["messageAction"] = "SUPPRESS" };
            foreach (var (member, value) in JsonNode.Parse(response)!.AsObject())
                answer[member] = value?.DeepClone();
            input["response"] = answer;
        });
}
