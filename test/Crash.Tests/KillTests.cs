namespace Lifeguard.Crash.Tests;

/// <summary>The server is killed again and again under load. What it had acknowledged is there afterwards,
/// and nothing is there by halves.</summary>
public sealed class KillTests
{
    private const int Rounds = 5;
    private const int Clients = 6;
    private const int Seed = 20261123;
    private const string Secret = "a-webhook-secret-that-is-long-enough-0042";

    [Fact]
    public async Task What_was_acknowledged_survives_in_a_database_file()
    {
        using var codes = new CodeReceiver();
        await using var installation = Installation.OnFile(Settings(codes));
        await Survive(installation, codes, new Random(Seed));
    }

    [Fact]
    public async Task What_was_acknowledged_survives_on_PostgreSQL()
    {
        var administrator = Environment.GetEnvironmentVariable("LIFEGUARD_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(administrator), "LIFEGUARD_TEST_POSTGRES is not set.");
        using var codes = new CodeReceiver();
        await using var installation = await Installation.OnPostgres(administrator!, Settings(codes));
        await Survive(installation, codes, new Random(Seed + 1));
    }

    /// <summary>Cheap hashes and no limits: the load is to write as much as it can.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> Settings(CodeReceiver codes) =>
    [
        new("Sms:Webhook:Url", codes.Url),
        new("Sms:Webhook:Secret", Secret),
        new("Password:MemoryKiB", "64"),
        new("Password:Iterations", "1"),
        new("Limits:ResetRequestsPerHour", "1000000"),
        new("Limits:SmsPerNumberPerHour", "0"),
        new("Limits:SmsPerNumberPerDay", "0"),
        new("Sms:NumberCheck", "None"),
        new("Limits:ReadsPerUser", "0"),
        new("Limits:WritesPerUser", "0"),
        .. ((string[])
        [
            "UserCreation", "UserUpdate", "UserRead", "UserList", "UserAccountRecovery", "UserAuthentication",
            "UserResourceUpdate", "UserResourceRead",
        ]).Select(category =>
            KeyValuePair.Create($"Limits:RequestsPerSecond:{category}", (string?)"0")),
    ];

    private static async Task Survive(Installation installation, CodeReceiver codes, Random random)
    {
        var program = await RunningLifeguard.Serve(installation);
        try
        {
            var key = program.FirstKey!;
            var pool = await Pool.Create(program.Client(key));
            for (var round = 0; round < Rounds; round++)
            {
                var clients = await KillUnderLoad(program, pool, round, random);
                await program.DisposeAsync();
                program = await RunningLifeguard.Serve(installation);
                pool = pool with { Api = program.Client(key) };
                var aftermath = new Aftermath(pool, installation, codes);
                await aftermath.CheckRows();
                await Task.WhenAll(clients.Select(async client =>
                {
                    foreach (var user in client.Users) await aftermath.Check(user);
                }));
            }
        }
        finally
        {
            await program.DisposeAsync();
        }
    }

    private static async Task<LoadClient[]> KillUnderLoad(
        RunningLifeguard program, Pool pool, int round, Random random)
    {
        LoadClient[] clients = [.. Enumerable.Range(0, Clients)
            .Select(number => new LoadClient(pool, $"r{round}c{number}", new Random(random.Next())))];
        var load = Task.WhenAll(clients.Select(client => client.Run()));
        // The moment counts in writes and not in seconds, so that slow machines write as much as fast ones.
        var moment = random.Next(60, 240);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!load.IsCompleted && clients.Sum(client => client.Acknowledged) < moment)
            await timer.WaitForNextTickAsync(CancellationToken.None);
        await program.Kill();
        await load;
        Assert.True(clients.Sum(client => client.Acknowledged) >= moment, program.Printed);
        return clients;
    }
}
