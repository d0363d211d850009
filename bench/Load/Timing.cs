using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Contract;

namespace Lifeguard.Load;

/// <summary>
/// Does the time of an answer tell whether a name is known? Each public operation that takes a name is called
/// for known and for unknown names, one call at a time, which of the two being drawn anew for each call; the
/// two samples are compared by Welch's t-test.
/// </summary>
internal static class Timing
{
    // So few that no name is locked and no code used up.
    private const int CallsForName = 4;

    /// <summary>Prints a line for each operation; exit code 0 when known and unknown names were answered
    /// alike.</summary>
    public static async Task<int> Compare(string program, Options options)
    {
        using var sink = new SmtpSink();
        using var scratch = new Scratch(options);
        await using var function = await ChallengeFunction.Run();
        using var server = await LifeguardServer.Run(
            program, scratch, sink, 2, key: null, $"Triggers:Lambda:Endpoint={function.Address}");
        var names = 1 + (options.Timing / CallsForName);
        var stage = await Stage.Set(server, scratch, 2 * names, 0, ChallengeFunction.Triggers);
        var calls = new PublicCalls(stage, server, names);
        Console.WriteLine($"{"one call at a time, us",-38} {"known",9} {"unknown",9} {"t",7} {"t < p90",8}");
        var failures = 0;
        foreach (var (name, make) in calls.All())
        {
            if (!name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)) continue;
            var compared = await Measure(server, make, options.Timing);
            await sink.Settle();
            if (compared.Difference is { } difference)
            {
                Console.WriteLine($"{name}: {difference}");
                failures++;
            }

            compared.Say(name);
        }

        return failures == 0 ? 0 : 1;
    }

    private static async Task<Compared> Measure(
        LifeguardServer server, Func<bool, int, Task<PreparedCall>> make, int samples)
    {
        var random = new Random(1);
        var compared = new Compared();
        var warmUp = samples / 10;
        for (var number = -warmUp; number < 2 * samples; number++)
        {
            var isKnown = random.Next(2) == 0;
            var call = await make(isKnown, Math.Abs(number) / 2);
            var start = Stopwatch.GetTimestamp();
            var reply = await server.Caller.Send(call);
            var took = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            if (number >= 0) compared.Add(isKnown, took, reply);
        }

        return compared;
    }

    /// <summary>The calls, each for a known or an unknown name.</summary>
    private sealed class PublicCalls(Stage stage, LifeguardServer server, int names)
    {
        private readonly SrpHandshake handshake = new(stage);

        public IEnumerable<(string Name, Func<bool, int, Task<PreparedCall>> Make)> All()
        {
            yield return ("InitiateAuth USER_PASSWORD_AUTH", (known, n) => Prepare("InitiateAuth", Start(
                "USER_PASSWORD_AUTH", Name(known, n % names), ("PASSWORD", "Wrong-1234!"))));
            yield return ("InitiateAuth USER_SRP_AUTH", (known, n) => Prepare("InitiateAuth", Start(
                "USER_SRP_AUTH", Name(known, n % names), ("SRP_A", handshake.Public))));
            yield return ("RespondToAuthChallenge PASSWORD_VERIFIER", WrongProof);
            yield return ("InitiateAuth CUSTOM_AUTH", (known, n) => Prepare("InitiateAuth", Start(
                "CUSTOM_AUTH", Name(known, n % names))));
            yield return ("RespondToAuthChallenge CUSTOM_CHALLENGE", WrongAnswer);
            yield return ("InitiateAuth USER_AUTH", (known, n) => Prepare("InitiateAuth", Start(
                "USER_AUTH", Name(known, n % names))));
            yield return ("ForgotPassword", (known, n) => Prepare("ForgotPassword", By(known, n)));
            yield return ("ConfirmForgotPassword", (known, n) => Prepare(
                "ConfirmForgotPassword",
                By(known, n, ("ConfirmationCode", "0000000"), ("Password", Stage.Password))));
            // Only who is not confirmed yet gets a code, so these have names of their own.
            var registered = stage.AddOthers("newb", UserStatusType.Unconfirmed, names);
            yield return ("ResendConfirmationCode", (known, n) => Prepare(
                "ResendConfirmationCode", ByName(Registered(known, n))));
            yield return ("ConfirmSignUp", (known, n) => Prepare(
                "ConfirmSignUp", ByName(Registered(known, n), ("ConfirmationCode", "0000000"))));

            string Registered(bool isKnown, int number) =>
                isKnown ? registered[number % names] : registered[number % names].Replace("newb", "nobo");
        }

        private async Task<PreparedCall> WrongProof(bool isKnown, int number)
        {
            // Of others than those whose passwords were tried before.
            var name = Name(isKnown, names + (number % names));
            var begun = await Begin("USER_SRP_AUTH", name, ("SRP_A", handshake.Public));
            var answers = handshake.Answer(new(name, begun["ChallengeParameters"]!.AsObject()));
            answers["PASSWORD_CLAIM_SIGNATURE"] = Convert.ToBase64String(new byte[32]);
            return await Prepare("RespondToAuthChallenge", new()
            {
                ["ClientId"] = stage.ClientId,
                ["ChallengeName"] = "PASSWORD_VERIFIER",
                ["ChallengeResponses"] = answers,
            });
        }

        private async Task<PreparedCall> WrongAnswer(bool isKnown, int number)
        {
            var name = Name(isKnown, names + (number % names));
            var begun = await Begin("CUSTOM_AUTH", name);
            return await Prepare("RespondToAuthChallenge", new()
            {
                ["ClientId"] = stage.ClientId,
                ["ChallengeName"] = "CUSTOM_CHALLENGE",
                ["ChallengeResponses"] = new JsonObject { ["USERNAME"] = name, ["ANSWER"] = "5" },
                ["Session"] = begun["Session"]!.DeepClone(),
            });
        }

        private async Task<JsonNode> Begin(
            string flow, string name, params (string Name, string Value)[] parameters)
        {
            var begin = await Prepare("InitiateAuth", Start(flow, name, parameters));
            return JsonNode.Parse((await server.Caller.Send(begin)).Body)!;
        }

        // Of one length, so that bodies are too.
        private static string Name(bool isKnown, int number) => $"{(isKnown ? "user" : "gost")}{number}";

        private JsonObject Start(
            string flow, string name, params (string Name, string Value)[] parameters) => new()
            {
                ["ClientId"] = stage.ClientId,
                ["AuthFlow"] = flow,
                ["AuthParameters"] = new JsonObject(parameters
                .Prepend(("USERNAME", name))
                .Select(one => KeyValuePair.Create(one.Item1, (JsonNode?)one.Item2))),
            };

        private JsonObject By(
            bool isKnown, int number, params (string Name, string Value)[] members) =>
            ByName(Name(isKnown, number % names), members);

        private JsonObject ByName(string name, params (string Name, string Value)[] members) => new(members
            .Prepend(("Username", name))
            .Prepend(("ClientId", stage.ClientId))
            .Select(one => KeyValuePair.Create(one.Item1, (JsonNode?)one.Item2)));

        private Task<PreparedCall> Prepare(string operation, JsonObject body) => Task.FromResult(
            server.Caller.Prepare(operation, Encoding.UTF8.GetBytes(body.ToJsonString()), isSigned: false));
    }

    /// <summary>Two samples of one operation.</summary>
    private sealed class Compared
    {
        private const double Threshold = 4.5;

        private readonly List<double> known = [];
        private readonly List<double> unknown = [];
        private readonly Dictionary<bool, SortedSet<string>> kinds = new() { [true] = [], [false] = [] };

        /// <summary>How the answers themselves differ in status or error; null where they do not.</summary>
        public string? Difference => kinds[true].SetEquals(kinds[false])
            ? null
            : $"known {string.Join(", ", kinds[true])}; unknown {string.Join(", ", kinds[false])}";

        public void Add(bool isKnown, double microseconds, Reply reply)
        {
            (isKnown ? known : unknown).Add(microseconds);
            kinds[isKnown].Add($"{reply.Status} {JsonNode.Parse(reply.Body)?["__type"]}".TrimEnd());
        }

        public void Say(string name)
        {
            var all = known.Concat(unknown).Order().ToList();
            var limit = Meter.Quantile(all, 0.9);
            var (whole, usual) = (Welch(known, unknown), Welch(Below(known, limit), Below(unknown, limit)));
            var isMet = Math.Abs(whole) < Threshold && Math.Abs(usual) < Threshold;
            Console.WriteLine($"{name,-38} {Median(known),9:0} {Median(unknown),9:0} {whole,7:0.00} "
                + $"{usual,8:0.00}  |t| < {Threshold}: {(isMet ? "met" : "NOT MET")}");
        }

        // Interruptions of the machine make a long tail that hides small differences of the rest.
        private static List<double> Below(List<double> values, double limit) =>
            [.. values.Where(value => value < limit)];

        private static double Median(List<double> values) => Meter.Quantile([.. values.Order()], 0.5);

        private static double Welch(List<double> one, List<double> other) =>
            (one.Average() - other.Average())
            / Math.Sqrt((Variance(one) / one.Count) + (Variance(other) / other.Count));

        private static double Variance(List<double> values)
        {
            var mean = values.Average();
            return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
        }
    }
}
