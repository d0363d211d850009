using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Lifeguard.Load;

/// <summary>The same calls on a small and on a large pool, each with a server and a database of its own, in turn.</summary>
internal static class Scale
{
    private const int Few = 10_000;
    private const int Rounds = 5;
    private const double Budget = 1.5;

    /// <summary>Prints the latencies side by side; exit code 0 when all calls succeeded.</summary>
    public static async Task<int> Compare(string program, Options options)
    {
        using var sink = new SmtpSink();
        using var few = await Side.Open(program, sink, options, Few);
        using var many = await Side.Open(program, sink, options, options.Scale);
        Console.WriteLine($"{"one call at a time, p50 ms",-44} {Few,10} {options.Scale,10}  ratio");
        var failures = 0;
        foreach (var (name, operation, isSigned, make) in Calls())
        {
            var (small, large) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                failures += await few.Send(operation, isSigned, make, options.Seconds / Rounds, small);
                failures += await many.Send(operation, isSigned, make, options.Seconds / Rounds, large);
                await sink.Settle();
            }

            Say(name, small, large);
        }

        return failures == 0 ? 0 : 1;
    }

    private static void Say(string name, List<double> small, List<double> large)
    {
        small.Sort();
        large.Sort();
        var (one, other) = (Meter.Quantile(small, 0.5), Meter.Quantile(large, 0.5));
        var verdict = other <= Budget * one ? "met" : "NOT MET";
        Console.WriteLine($"{name,-44} {one,10:0.00} {other,10:0.00}  {other / one,5:0.00}  <= {Budget}: {verdict}");
    }

    private static IEnumerable<(string, string, bool, Func<Side, JsonObject>)> Calls() =>
    [
        ("AdminGetUser", "AdminGetUser", true, side => side.User(side.Any())),
        ("AdminGetUser by e-mail", "AdminGetUser", true, side => side.User(Population.Email(side.Any()))),
        ("ListUsers", "ListUsers", true, side => side.List(null)),
        ("ListUsers email = ", "ListUsers", true, side => side.List($"email = \"{Population.Email(side.Any())}\"")),
        ("ListUsers email ^= ", "ListUsers", true, side => side.List($"email ^= \"{side.Any()}\"")),
        ("ListUsers given_name ^= ", "ListUsers", true, side => side.List("given_name ^= \"name1\"")),
        ("ListUsers username = ", "ListUsers", true, side => side.List($"username = \"{side.Any()}\"")),
        ("ListUsers cognito:user_status = ", "ListUsers", true,
            side => side.List("cognito:user_status = \"CONFIRMED\"")),
        ("ListUsers status = ", "ListUsers", true, side => side.List("status = \"Enabled\"")),
        ("AdminResetUserPassword", "AdminResetUserPassword", true, side => side.User(side.Any())),
        ("InitiateAuth USER_PASSWORD_AUTH", "InitiateAuth", false, side => side.SignIn()),
    ];

    private sealed class Side(Scratch scratch, LifeguardServer server, Stage stage) : IDisposable
    {
        private readonly Random random = new(1);

        public static async Task<Side> Open(string program, SmtpSink sink, Options options, int users)
        {
            var scratch = new Scratch(options);
            var server = await LifeguardServer.Run(program, scratch, sink, 2, key: null);
            var clock = Stopwatch.StartNew();
            var stage = await Stage.Set(server, scratch, 64, users);
            Console.WriteLine($"{users} users made in {clock.Elapsed.TotalSeconds:0.0} s");
            return new(scratch, server, stage);
        }

        public string Any() => $"other{random.Next(stage.OthersCount)}";

        public JsonObject User(string name) => new() { ["UserPoolId"] = stage.PoolId, ["Username"] = name };

        public JsonObject List(string? filter)
        {
            var request = new JsonObject { ["UserPoolId"] = stage.PoolId, ["Limit"] = 60 };
            if (filter is not null) request["Filter"] = filter;
            return request;
        }

        public JsonObject SignIn() => new()
        {
            ["ClientId"] = stage.ClientId,
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject
            {
                ["USERNAME"] = stage.Users[random.Next(stage.Users.Count)],
                ["PASSWORD"] = Stage.Password,
            },
        };

        /// <summary>Sends calls one after the other; returns how many were refused.</summary>
        public async Task<int> Send(
            string operation, bool isSigned, Func<Side, JsonObject> make, double seconds, List<double> latencies)
        {
            var (failures, clock) = (0, Stopwatch.StartNew());
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                var body = Encoding.UTF8.GetBytes(make(this).ToJsonString());
                var call = server.Caller.Prepare(operation, body, isSigned);
                var start = Stopwatch.GetTimestamp();
                var reply = await server.Caller.Send(call);
                latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (reply.Status == 200) continue;
                failures++;
                if (failures == 1) Console.WriteLine($"{operation}: {Encoding.UTF8.GetString(reply.Body)}");
            }

            return failures;
        }

        public void Dispose()
        {
            server.Dispose();
            scratch.Dispose();
        }
    }
}
