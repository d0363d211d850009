using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Lifeguard.Primitives;

// In this process: a project built for each class would take longer than what it measures.
var full = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
var quick = Job.Dry.WithToolchain(InProcessEmitToolchain.Instance)
    .WithStrategy(RunStrategy.Throughput)
    .WithWarmupCount(3)
    .WithIterationCount(5)
    .WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(100));
var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(args.Contains("--quick") ? quick : full);
string[] rest = [.. args.Where(argument => argument != "--quick")];
if (!rest.Contains("--filter")) rest = [.. rest, "--filter", "*"];
var ran = BenchmarkSwitcher.FromAssembly(typeof(PasswordHash).Assembly).Run([.. rest, "--join"], config);
return ran.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
