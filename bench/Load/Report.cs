using System.Globalization;
using System.Text;

namespace Lifeguard.Load;

/// <summary>The table, line by line as measurements end.</summary>
internal sealed class Report
{
    private static readonly CompositeFormat Columns = CompositeFormat.Parse(
        "{0,-37} {1,9} {2,8} {3,8} {4,8} {5,8}  {6,-13} {7,8} {8,6} {9,8}  {10}");

    private readonly Dictionary<string, Measured> lines = [];

    public Report() => Write(
        "operation", "calls/s", "p50 ms", "p99 ms", "cpu us", "sign us", "floor", "floor/s", "ratio", "per core",
        "budget");

    /// <summary>Calls that were not answered as they should.</summary>
    public int Failures { get; private set; }

    public void Add(Workload work, Measured measured, Pace? floor)
    {
        lines[measured.Name] = measured;
        Failures += measured.Failures;
        var ratio = floor is { } pace ? measured.PerSecond * work.Units / pace.PerSecond : (double?)null;
        var perCore = floor is { PerCoreSecond: > 0 } core
            ? measured.PerCoreSecond * work.Units / core.PerCoreSecond
            : (double?)null;
        Write(
            measured.Name,
            Number(measured.PerSecond),
            $"{measured.Median:0.00}",
            $"{measured.Worst:0.00}",
            $"{measured.CpuMicroseconds:0}",
            $"{measured.SigningMicroseconds:0}",
            work.Floor == FloorKind.None ? "" : work.Floor.ToString(),
            floor is { } shown ? Number(shown.PerSecond / work.Units) : "",
            Percent(ratio),
            Percent(perCore),
            Verdict(perCore ?? ratio, work.Budget));
        if (measured.Failure is { } failure)
            Console.WriteLine($"    {measured.Failures} of the calls were refused, first: {failure}");
    }

    /// <summary>Two legs of one journey, held against a number for each core.</summary>
    public void AddSum(string name, string first, string second, double budget)
    {
        if (!lines.TryGetValue(first, out var one) || !lines.TryGetValue(second, out var other)) return;
        var cpu = one.CpuMicroseconds + other.CpuMicroseconds;
        var perSecond = 1 / ((1 / one.PerSecond) + (1 / other.PerSecond));
        Write(
            name, Number(perSecond), $"{one.Median + other.Median:0.00}", $"{one.Worst + other.Worst:0.00}",
            $"{cpu:0}", "", "", "", "", Number(1e6 / cpu),
            $">= {budget}/s a core: {(1e6 / cpu >= budget ? "met" : "NOT MET")}");
    }

    public void Skip(string name, string why)
    {
        Console.WriteLine($"{name}: left out, {why}");
        Failures++;
    }

    private static string Verdict(double? ratio, double? budget) => budget is null || ratio is null
        ? ""
        : $">= {budget:0%}: {(ratio >= budget ? "met" : "NOT MET")}";

    private static string Percent(double? ratio) => ratio is null ? "" : $"{ratio:0%}";

    private static string Number(double perSecond) => perSecond < 100 ? $"{perSecond:0.0}" : $"{perSecond:0}";

    private static void Write(params object[] cells) =>
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture, Columns, cells).TrimEnd());
}
