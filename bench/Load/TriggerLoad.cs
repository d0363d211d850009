using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Lifeguard.Load;

/// <summary>How long other calls take while many sign-ups wait for a trigger that takes two seconds, against
/// the same calls on the same server when it is quiet.</summary>
internal static class TriggerLoad
{
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:slow";
    private const int Rounds = 4;
    private const double Budget = 2;

    /// <summary>Prints the latencies side by side; exit code 0 when all calls succeeded.</summary>
    public static async Task<int> Compare(string program, Options options)
    {
        using var sink = new SmtpSink();
        using var scratch = new Scratch(options);
        using var crowd = new CrowdProcess(scratch.Folder);
        await crowd.MustListen();
        // Hashes at full cost would take the processors, whatever the trigger does.
        using var server = await LifeguardServer.Run(
            program, scratch, sink, 8, key: null,
            "Password:MemoryKiB=64", "Password:Iterations=1",
            $"Triggers:Lambda:Endpoint={crowd.Address}");
        var stage = await Stage.Set(server, scratch, 64, 1000);
        var client = await ClientWithTrigger(server);
        List<Compared> calls =
            [.. Calls(stage).Select(call => new Compared(server, call.Name, call.IsSigned, call.Make))];
        // The first calls of a process take longer than all others.
        foreach (var call in calls) await call.Send(options.Seconds / Rounds, isBusy: null);
        var sums = new CrowdSoFar(0, 0, 0, null);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var call in calls) await call.Send(options.Seconds / Rounds, isBusy: false);
            await crowd.Come(server, client, options.Triggers);
            foreach (var call in calls) await call.Send(options.Seconds / Rounds, isBusy: true);
            sums = await crowd.Go();
        }

        Console.WriteLine($"{sums.Done} sign-ups, at most {sums.Most} in the trigger at a time, "
            + $"{sums.Failures} refused {sums.Failure}");
        Console.WriteLine($"{"one call at a time, ms",-34} {"p50",8} {"busy",8} {"p99",8} {"busy",8}  ratio");
        foreach (var call in calls) call.Say(Budget);
        return sums.Failures + calls.Sum(call => call.Failures) == 0 ? 0 : 1;
    }

    private static async Task<string> ClientWithTrigger(LifeguardServer server)
    {
        var made = await server.Must("CreateUserPool", new()
        {
            ["PoolName"] = "triggered",
            ["LambdaConfig"] = new JsonObject { ["PreSignUp"] = Function },
        });
        var pool = made["UserPool"]!["Id"]!.GetValue<string>();
        var client = await server.Must("CreateUserPoolClient", Stage.ClientRequest(pool, "triggered"));
        return client["UserPoolClient"]!["ClientId"]!.GetValue<string>();
    }

    private static IEnumerable<(string Name, bool IsSigned, Func<int, JsonObject> Make)> Calls(Stage stage) =>
    [
        ("AdminGetUser", true, n => OfUser(stage, n)),
        ("AdminDisableUser", true, n => OfUser(stage, n)),
        ("InitiateAuth", false, n => new()
        {
            ["ClientId"] = stage.ClientId,
            ["AuthFlow"] = "USER_PASSWORD_AUTH",
            ["AuthParameters"] = new JsonObject
            {
                ["USERNAME"] = stage.Users[n % stage.Users.Count],
                ["PASSWORD"] = Stage.Password,
            },
        }),
    ];

    private static JsonObject OfUser(Stage stage, int n) => new()
    {
        ["UserPoolId"] = stage.PoolId,
        ["Username"] = $"other{n % stage.OthersCount}",
    };

    /// <summary>One kind of call, in quiet and in busy times.</summary>
    private sealed class Compared(
        LifeguardServer server, string operation, bool isSigned, Func<int, JsonObject> make)
    {
        private readonly List<double> quiet = [];
        private readonly List<double> busy = [];
        private int number;

        public int Failures { get; private set; }

        /// <param name="isBusy">Null where the times do not count.</param>
        public async Task Send(double seconds, bool? isBusy)
        {
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                var body = Encoding.UTF8.GetBytes(make(number++).ToJsonString());
                var call = server.Caller.Prepare(operation, body, isSigned);
                var start = Stopwatch.GetTimestamp();
                var reply = await server.Caller.Send(call);
                var taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (isBusy is { } kind) (kind ? busy : quiet).Add(taken);
                if (reply.Status != 200 && Failures++ == 0)
                    Console.WriteLine($"{operation}: {Encoding.UTF8.GetString(reply.Body)}");
            }
        }

        public void Say(double budget)
        {
            quiet.Sort();
            busy.Sort();
            var (one, other) = (Meter.Quantile(quiet, 0.99), Meter.Quantile(busy, 0.99));
            Console.WriteLine($"{operation,-34} {Meter.Quantile(quiet, 0.5),8:0.00} "
                + $"{Meter.Quantile(busy, 0.5),8:0.00} {one,8:0.00} {other,8:0.00}  {other / one,5:0.00}  "
                + $"<= {budget}: {(other <= budget * one ? "met" : "NOT MET")}");
        }
    }
}
