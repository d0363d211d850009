namespace Lifeguard.Load;

/// <summary>From the start of the process to the first answer, and the memory of a server that waits.</summary>
internal static class StartUp
{
    private const double NativeStart = 150;
    private const double JitStart = 1000;
    private const double NativeMemory = 60;
    private const double JitMemory = 120;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);

    /// <summary>Starts on a database that exists, several times, and prints the medians.</summary>
    public static async Task Measure(string program, Options options)
    {
        using var sink = new SmtpSink();
        using var scratch = new Scratch(options);
        var (listening, answer, memory) = (new List<double>(), new List<double>(), new List<double>());
        Protocol.SigV4.SigV4Credentials? key = null;
        for (var run = 0; run <= options.Starts; run++)
        {
            using var server = await LifeguardServer.Run(program, scratch, sink, 1, key);
            var isFirst = key is null;
            key = server.Key;
            // The first start makes the tables, and brings the program into the file cache.
            if (isFirst) continue;
            listening.Add(server.Start.Listening.TotalMilliseconds);
            answer.Add(server.Start.Answer.TotalMilliseconds);
            if (run < options.Starts) continue;
            await Task.Delay(Idle);
            memory.Add(server.Process.ResidentMiB);
        }

        var isJit = program.EndsWith(".dll", StringComparison.Ordinal);
        Console.WriteLine($"{(isJit ? "JIT" : "native")}: {program}");
        Say("start to a listening port", listening, "ms", null);
        Say("start to first signed answer", answer, "ms", isJit ? JitStart : NativeStart);
        Say("resident, idle", memory, "MiB", isJit ? JitMemory : NativeMemory);
    }

    private static void Say(string what, List<double> values, string unit, double? budget)
    {
        values.Sort();
        var median = Meter.Quantile(values, 0.5);
        var verdict = budget is null ? "" : $"budget {budget} {unit}: {(median <= budget ? "met" : "NOT MET")}";
        Console.WriteLine($"  {what,-30} {median,7:0} {unit,-4} ({values[0]:0} to {values[^1]:0})  {verdict}");
    }
}
