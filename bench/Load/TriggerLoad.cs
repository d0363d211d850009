using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Lifeguard.Load;

/// <summary>How long other calls take while many sign-ups wait for a trigger that takes two seconds, as one
/// burst and as a steady crowd, against the same calls on the same server when it is quiet.</summary>
internal static class TriggerLoad
{
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:slow";
    private const int Rounds = 4;
    private const int Rehearsals = 3;
    private const double Budget = 2;

    // Hashes at full cost would take the processors, whatever the trigger does.
    private static readonly string[] CheapHashes = ["Password:MemoryKiB=64", "Password:Iterations=1"];

    /// <summary>Prints the latencies side by side; exit code 0 when all calls succeeded.</summary>
    public static async Task<int> Compare(string program, Options options)
    {
        using var sink = new SmtpSink();
        using var scratch = new Scratch(options);
        using var crowd = new CrowdProcess(scratch.Folder);
        await crowd.MustListen();
        await Rehearse(program, options, crowd);
        using var server = await Run(program, scratch, sink, crowd);
        var stage = await Stage.Set(server, scratch, 64, 1000);
        var client = await ClientWithTrigger(server);
        List<Compared> calls =
            [.. Calls(stage).Select(call => new Compared(server, call.Name, call.IsSigned, call.Make))];
        // The first calls of a process take longer than all others.
        foreach (var call in calls) await call.Send(For(options.Seconds / Rounds), Time.Uncounted);
        var sums = new CrowdSoFar(0, 0, 0, null);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var call in calls)
            {
                await call.Send(For(options.Seconds / Rounds), Time.Quiet);
                var burst = crowd.Burst(server, client, options.Triggers);
                await call.Send(() => !burst.IsCompleted, Time.Burst);
                await burst;
            }

            await crowd.Come(server, client, options.Triggers);
            foreach (var call in calls) await call.Send(For(options.Seconds / Rounds), Time.Steady);
            sums = await crowd.Go();
        }

        Console.WriteLine($"{sums.Done} sign-ups, at most {sums.Most} in the trigger at a time, "
            + $"{sums.Failures} refused {sums.Failure}");
        foreach (var busy in (Time[])[Time.Burst, Time.Steady])
        {
            Console.WriteLine($"{$"one call at a time, {busy}, ms",-34} "
                + $"{"p50",8} {"busy",8} {"p99",8} {"busy",8}  ratio");
            foreach (var call in calls) call.Say(busy, Budget);
        }

        return sums.Failures + calls.Sum(call => call.Failures) == 0 ? 0 : 1;
    }

    /// <summary>The crowd's first bursts go elsewhere: as long as its own code is being compiled it takes the
    /// processors that it shares with the server. The server that is measured sees its first burst
    /// when it counts.</summary>
    private static async Task Rehearse(string program, Options options, CrowdProcess crowd)
    {
        using var sink = new SmtpSink();
        using var scratch = new Scratch(options);
        using var server = await Run(program, scratch, sink, crowd);
        var client = await ClientWithTrigger(server);
        for (var burst = 0; burst < Rehearsals; burst++) await crowd.Burst(server, client, options.Triggers);
    }

    private static Task<LifeguardServer> Run(
        string program, Scratch scratch, SmtpSink sink, CrowdProcess crowd) =>
        LifeguardServer.Run(
            program, scratch, sink, 8, key: null,
            [.. CheapHashes, $"Triggers:Lambda:Endpoint={crowd.Address}"]);

    private static Func<bool> For(double seconds)
    {
        var clock = Stopwatch.StartNew();
        return () => clock.Elapsed.TotalSeconds < seconds;
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

    /// <summary>When a call is sent.</summary>
    private enum Time
    {
        /// <summary>Before the server is warm.</summary>
        Uncounted,
        Quiet,

        /// <summary>From the moment all sign up at once until the last one is done.</summary>
        Burst,

        /// <summary>While somebody comes for each one who is done.</summary>
        Steady,
    }

    /// <summary>One kind of call, in quiet and in busy times.</summary>
    private sealed class Compared(
        LifeguardServer server, string operation, bool isSigned, Func<int, JsonObject> make)
    {
        private readonly Dictionary<Time, List<double>> taken =
            Enum.GetValues<Time>().ToDictionary(time => time, _ => new List<double>());

        private int number;

        public int Failures { get; private set; }

        public async Task Send(Func<bool> goesOn, Time time)
        {
            while (goesOn())
            {
                var body = Encoding.UTF8.GetBytes(make(number++).ToJsonString());
                var call = server.Caller.Prepare(operation, body, isSigned);
                var start = Stopwatch.GetTimestamp();
                var reply = await server.Caller.Send(call);
                taken[time].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (reply.Status != 200 && Failures++ == 0)
                    Console.WriteLine($"{operation}: {Encoding.UTF8.GetString(reply.Body)}");
            }
        }

        public void Say(Time time, double budget)
        {
            var (quiet, busy) = (Sorted(Time.Quiet), Sorted(time));
            var (one, other) = (Meter.Quantile(quiet, 0.99), Meter.Quantile(busy, 0.99));
            Console.WriteLine($"{operation,-34} {Meter.Quantile(quiet, 0.5),8:0.00} "
                + $"{Meter.Quantile(busy, 0.5),8:0.00} {one,8:0.00} {other,8:0.00}  {other / one,5:0.00}  "
                + $"<= {budget}: {(other <= budget * one ? "met" : "NOT MET")}");
        }

        private List<double> Sorted(Time time) => [.. taken[time].Order()];
    }
}
