using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lifeguard.Worlds;

/// <summary>Calls as tests of users and registration make them, in one line each.</summary>
public static class Calls
{
    /// <summary>An administrator's call about one user.</summary>
    public static Task<Answer> Admin(
        this World world, TestPool pool, string operation, string username, object? more = null) =>
        world.Call(operation, Merge(new { UserPoolId = pool.Id, Username = username }, more));

    /// <summary>A call of the pool's app client about one user.</summary>
    public static Task<Answer> Public(
        this World world, TestPool pool, string operation, string username, object? more = null) =>
        world.Call(operation, Merge(new { pool.ClientId, Username = username }, more));

    /// <summary>A call of a signed-in user.</summary>
    public static Task<Answer> Own(
        this World world, string token, string operation, object? more = null) =>
        world.Call(operation, Merge(new { AccessToken = token }, more));

    /// <summary>Registers with <see cref="TestPool.Password"/>.</summary>
    /// <param name="attributes">As <see cref="Attributes"/> reads them.</param>
    public static Task<Answer> SignUp(
        this World world, TestPool pool, string username, string attributes = "", object? more = null) =>
        world.Public(
            pool,
            "SignUp",
            username,
            Merge(new { TestPool.Password, UserAttributes = Attributes(attributes) }, more));

    /// <summary>An access token of the user.</summary>
    public static async Task<string> AccessTokenOf(
        this TestPool pool, string username, string password = TestPool.Password)
    {
        var answer = await pool.SignIn(username, password);
        return answer["AuthenticationResult"]!["AccessToken"]!.GetValue<string>();
    }

    /// <summary>An attribute as an administrator sees it; null where the user lacks it.</summary>
    public static async Task<string?> AttributeOf(
        this World world, TestPool pool, string username, string name)
    {
        var answer = await world.Admin(pool, "AdminGetUser", username);
        return ValueIn(answer["UserAttributes"], name);
    }

    /// <summary>The value of a name in a list of names and values; null where it is not there.</summary>
    public static string? ValueIn(JsonNode? attributes, string name) => attributes!.AsArray()
        .FirstOrDefault(attribute => attribute!["Name"]!.GetValue<string>() == name)
        ?["Value"]!.GetValue<string>();

    /// <summary><c>email=ana@example.com;name=Ana</c> as the wire has it.</summary>
    public static object[] Attributes(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => new { Name = pair[0], Value = pair[1] })];

    /// <summary>Another client of the pool, with its secret where it has one.</summary>
    public static async Task<(TestPool Pool, string? Secret)> AnotherClient(
        this World world, TestPool pool, object settings)
    {
        string[] flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
        var made = await world.Must(
            "CreateUserPoolClient",
            Merge(new { UserPoolId = pool.Id, ClientName = "other", ExplicitAuthFlows = flows }, settings));
        var client = made["UserPoolClient"]!;
        return (
            new(world, pool.Id, client["ClientId"]!.GetValue<string>()),
            client["ClientSecret"]?.GetValue<string>());
    }

    /// <summary>The answer of a call that must change no row, send no message and call no trigger.</summary>
    public static async Task<string> LeavesNothing(this World world, Func<Task<Answer>> call)
    {
        world.Transcript.Clear();
        var answer = await call();
        var lines = world.Transcript.ToString().TrimEnd('\n').Split('\n');
        return lines.Length == 2
            ? answer.ToString()
            : throw new InvalidOperationException($"The call left something behind.\n{world.Transcript}");
    }

    /// <summary>As <see cref="LeavesNothing"/>, but for the events that the call's triggers get.</summary>
    public static async Task<string> LeavesNothingButTriggers(this World world, Func<Task<Answer>> call)
    {
        world.Transcript.Clear();
        var answer = await call();
        var more = world.Transcript.ToString().Split('\n')
            .Where(line => line.Length > 0 && line[0] is not ('>' or '<'))
            .Where(line => !line.StartsWith("  trigger ", StringComparison.Ordinal));
        return more.Any()
            ? throw new InvalidOperationException($"The call left something behind.\n{world.Transcript}")
            : answer.ToString();
    }

    /// <summary>The kinds of rows that a call has removed
    /// and added, sorted: <c>+attempt -users</c>.</summary>
    public static async Task<(string Answer, string Rows)> KindsOfRows(
        this World world, Func<Task<Answer>> call)
    {
        world.Transcript.Clear();
        var answer = await call();
        var rows = world.Transcript.ToString().Split('\n')
            .Where(line => line.StartsWith("  + ", StringComparison.Ordinal)
                || line.StartsWith("  - ", StringComparison.Ordinal))
            .Select(line => $"{line[2]}{line[4..].Split(' ')[0]}")
            .Order(StringComparer.Ordinal);
        return (answer.ToString(), string.Join(' ', rows));
    }

    /// <summary>One call many times at once; the answers
    /// counted, code by code, <c>200</c> for success.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> Burst(
        this World world, int count, string operation, Func<int, object> request)
    {
        var bodies = Enumerable.Range(0, count).Select(i => JsonSerializer.Serialize(request(i))).ToList();
        using var start = new ManualResetEventSlim();
        var calls = bodies.Select(body => Task.Run(() =>
        {
            start.Wait();
            return world.Send(operation, body);
        })).ToList();
        start.Set();
        var answers = await Task.WhenAll(calls);
        return answers
            .CountBy(answer => answer.Code ?? "200")
            .ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    /// <summary>The members of the first, and of the second instead where both have them.</summary>
    public static JsonObject Merge(object first, object? second)
    {
        var merged = JsonSerializer.SerializeToNode(first)!.AsObject();
        if (second is null) return merged;
        foreach (var (name, value) in JsonSerializer.SerializeToNode(second)!.AsObject())
            merged[name] = value?.DeepClone();
        return merged;
    }
}
