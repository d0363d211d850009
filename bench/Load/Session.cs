namespace Lifeguard.Load;

/// <summary>One run of this program.</summary>
internal static class Session
{
    private const int Others = 10_000;
    private const double SrpPerCoreSecond = 200;

    /// <summary>Exit code 0 when every call was answered as it should; budgets do not decide it.</summary>
    public static async Task<int> Run(Options options)
    {
        ThreadPool.SetMinThreads(4 * options.Concurrency, 4 * options.Concurrency);
        var program = options.Server ?? LifeguardServer.Jit;
        Console.WriteLine($"server {program}, {Environment.ProcessorCount} cores, "
            + $"concurrency {options.Concurrency}, {options.Seconds} s each");
        if (options.Timing > 0) return await Timing.Compare(program, options);
        if (options.Triggers > 0) return await TriggerLoad.Compare(program, options);
        if (options.Scale > 0) return await Scale.Compare(program, options);

        var isWhole = options.Only.Length == 0;
        var failed = await Operations(program, options);
        if (!isWhole || options.Starts == 0) return failed;
        foreach (var each in new[] { LifeguardServer.Jit, options.Server }.OfType<string>().Distinct())
            await StartUp.Measure(each, options);
        return failed;
    }

    private static async Task<int> Operations(string program, Options options)
    {
        using var sink = new SmtpSink();
        using var scratch = new Scratch(options);
        using var server = await LifeguardServer.Run(program, scratch, sink, options.Concurrency, key: null);
        using var floors = new Floors(scratch, options.Concurrency);
        var users = options.Concurrency * Math.Max(1, 64 / options.Concurrency);
        var stage = await Stage.Set(server, scratch, users, Others);
        var meter = new Meter(server.Caller, () => server.Process.Cpu, options.Concurrency);
        var report = new Report();
        foreach (var planned in Chosen(stage, server, sink, options))
        {
            var work = planned.Make();
            if (work.Limit == 0)
            {
                report.Skip(planned.Name, "what it lives on is missing");
                continue;
            }

            var before = await Floor(floors, work, options, null);
            var measured = await meter.Run(work, options.Seconds);
            await sink.Settle();
            var after = await Floor(floors, work, options, measured);
            // The echo needs to know the payload, which is known only afterwards.
            var floor = before is { } one && after is { } other ? Pace.Mean(one, other) : after;
            report.Add(work, measured, floor);
        }

        report.AddSum(
            "SRP sign-in, both legs", "InitiateAuth USER_SRP_AUTH", "RespondToAuthChallenge",
            SrpPerCoreSecond);
        Console.WriteLine($"resident after the load: {server.Process.ResidentMiB:0} MiB, "
            + $"{sink.Taken} messages sent");
        return report.Failures == 0 ? 0 : 1;
    }

    private static IEnumerable<Planned> Chosen(
        Stage stage, LifeguardServer server, SmtpSink sink, Options options)
    {
        var administrators = new AdministratorPlan(stage, server, options);
        var users = new UserPlan(stage, sink, options);
        List<Planned> all =
        [
            .. users.SignIn(), .. users.Srp(), .. administrators.Users(), .. users.Registration(),
            .. users.Recovery(), .. administrators.Pools(), .. administrators.Clients(),
        ];
        var names = all.Where(one => one.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase))
            .Select(one => one.Name)
            .ToHashSet();
        for (var known = 0; known != names.Count;)
        {
            known = names.Count;
            foreach (var one in all.Where(one => one.Needs is not null && names.Contains(one.Name)))
                names.Add(one.Needs!);
        }

        return all.Where(one => names.Contains(one.Name));
    }

    private static async Task<Pace?> Floor(Floors floors, Workload work, Options options, Measured? measured)
    {
        var seconds = options.FloorSeconds;
        switch (work.Floor)
        {
            case FloorKind.Hash:
                return Floors.Hash(seconds);
            case FloorKind.Signature:
                return Floors.Signature(seconds);
            case FloorKind.Commit:
                return await floors.Commit(seconds);
            case FloorKind.CommitAndHash:
                var (commit, hash) = (await floors.Commit(seconds), Floors.Hash(seconds));
                return commit.PerSecond < hash.PerSecond ? commit : hash with { PerCoreSecond = 0 };
            case FloorKind.Echo when measured is not null:
                return await floors.Echo(2 * seconds, measured.RequestBytes, measured.AnswerBytes);
            default:
                return null;
        }
    }
}
