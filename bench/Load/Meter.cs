using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Lifeguard.Load;

/// <summary>The outcome of one measurement.</summary>
/// <param name="PerSecond">Calls answered with 200 in a second.</param>
/// <param name="CpuMicroseconds">Processor time that the server spent on a call.</param>
/// <param name="SigningMicroseconds">What signing and serialising a call cost, ahead of the measurement.</param>
/// <param name="Failure">The first refusal; null where all succeeded.</param>
/// <param name="AnswerBytes">Length of the last answer.</param>
internal sealed record Measured(
    string Name,
    int Calls,
    double PerSecond,
    double Median,
    double Worst,
    double CpuMicroseconds,
    double SigningMicroseconds,
    int Failures,
    string? Failure,
    int RequestBytes,
    int AnswerBytes)
{
    /// <summary>Calls in a second if the server had one core to itself.</summary>
    public double PerCoreSecond => CpuMicroseconds > 0 ? 1e6 / CpuMicroseconds : 0;
}

/// <summary>Measures workloads one after the other.</summary>
internal sealed class Meter(Caller caller, Func<TimeSpan> serverCpu, int concurrency)
{
    private const int MostPrepared = 200_000;

    /// <summary>Warms the workload up, prepares as many calls as the time will take, and sends them.</summary>
    public async Task<Measured> Run(Workload work, double seconds)
    {
        var answers = new ConcurrentDictionary<int, byte[]>();
        var warmUp = work.Budget is not null || work.MustBeWarm ? 1.5 * seconds : Math.Min(1, seconds / 3);
        var spare = work.Limit == int.MaxValue ? int.MaxValue : Math.Max(1, work.Limit / 5);
        var first = await Send(number => Prepare(work, number), 0, spare, warmUp, work, answers);

        var wanted = Math.Min(MostPrepared, (1.5 * seconds * first.Count / first.Seconds) + (4 * concurrency));
        var count = (int)Math.Min(work.Limit - (long)first.Next, wanted);
        var signing = Stopwatch.StartNew();
        var calls = new PreparedCall[Math.Max(count, 0)];
        Parallel.For(0, calls.Length, i => calls[i] = Prepare(work, first.Next + i));
        var signingCost = signing.Elapsed.TotalMicroseconds * Environment.ProcessorCount / Math.Max(1, count);
        GC.Collect();

        var before = serverCpu();
        var sent = await Send(i => calls[i - first.Next], first.Next, count, seconds, work, answers);
        var cpu = serverCpu() - before;
        Collect(work, answers);
        sent.Latencies.Sort();
        return new(
            work.Name,
            sent.Count,
            sent.Count / sent.Seconds,
            Quantile(sent.Latencies, 0.5),
            Quantile(sent.Latencies, 0.99),
            sent.Count > 0 ? cpu.TotalMicroseconds / sent.Count : 0,
            signingCost,
            sent.Failures + first.Failures,
            sent.Failure ?? first.Failure,
            calls.Length > 0 ? calls[0].Body.Length : 0,
            sent.AnswerBytes);
    }

    /// <summary>The value below which this part of the sorted values lies.</summary>
    public static double Quantile(List<double> sorted, double part) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(part * sorted.Count))];

    private PreparedCall Prepare(Workload work, int number) =>
        caller.Prepare(work.Operation, Encoding.UTF8.GetBytes(work.Make(number).ToJsonString()), work.IsSigned);

    /// <summary>Each worker takes every n-th call, so that the same worker always meets the same users.</summary>
    private async Task<Sent> Send(
        Func<int, PreparedCall> call, int first, int count, double seconds, Workload work,
        ConcurrentDictionary<int, byte[]> answers)
    {
        var sent = new Sent();
        var gate = new Lock();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(lane => Task.Run(() => Work(lane))));
        sent.Seconds = clock.Elapsed.TotalSeconds;
        return sent;

        async Task Work(int lane)
        {
            var latencies = new List<double>();
            var number = first + lane;
            for (; number - first < count && clock.Elapsed.TotalSeconds < seconds; number += concurrency)
            {
                var prepared = call(number);
                var start = Stopwatch.GetTimestamp();
                var reply = await caller.Send(prepared);
                var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (reply.Status != 200)
                {
                    lock (gate) sent.Fail(reply);
                    continue;
                }

                latencies.Add(took);
                sent.AnswerBytes = reply.Body.Length;
                if (work.Collect is not null) answers[number] = reply.Body;
            }

            lock (gate) sent.Add(latencies, number);
        }
    }

    private static void Collect(Workload work, ConcurrentDictionary<int, byte[]> answers)
    {
        foreach (var (number, body) in answers.OrderBy(answer => answer.Key))
            work.Collect!(number, JsonNode.Parse(body)!.AsObject());
    }

    private sealed class Sent
    {
        public List<double> Latencies { get; } = [];

        public int Count => Latencies.Count;

        public double Seconds { get; set; }

        public int Failures { get; private set; }

        public string? Failure { get; private set; }

        public int AnswerBytes { get; set; }

        /// <summary>The lowest number that no worker has used or passed.</summary>
        public int Next { get; private set; }

        public void Add(List<double> latencies, int next)
        {
            Latencies.AddRange(latencies);
            Next = Math.Max(Next, next);
        }

        public void Fail(Reply reply)
        {
            Failures++;
            Failure ??= $"{reply.Status} {Encoding.UTF8.GetString(reply.Body)}";
        }
    }
}
