using System.Data.Common;
using System.Diagnostics;
using System.Security.Cryptography;
using Lifeguard.Protocol.Passwords;

namespace Lifeguard.Load;

/// <summary>How fast the machine is at what an operation cannot do without.</summary>
/// <param name="PerSecond">By the clock, with all that is under way at a time.</param>
/// <param name="PerCoreSecond">For each second of processor time.</param>
internal readonly record struct Pace(double PerSecond, double PerCoreSecond)
{
    /// <summary>Between two measurements of the same.</summary>
    public static Pace Mean(Pace one, Pace other) =>
        new((one.PerSecond + other.PerSecond) / 2, (one.PerCoreSecond + other.PerCoreSecond) / 2);
}

/// <summary>Measures floors, each for a moment.</summary>
internal sealed class Floors(Scratch scratch, int concurrency) : IDisposable
{
    private const int EquivalentRowBytes = 1024;
    private readonly int echoPort = ChildProcess.FreePort();
    private ChildProcess? echo;
    private Caller? echoCaller;
    private int rows;

    /// <summary>Argon2id at the server's default cost, on every core.</summary>
    public static Pace Hash(double seconds)
    {
        var salt = new byte[Argon2idHash.SaltLength];
        return OnEveryCore(seconds, () =>
        {
            var hash = Argon2idHash.Create(Stage.Password, salt, new(19456, 2));
            return () => _ = hash.Matches(Stage.Password);
        });
    }

    /// <summary>RS256 over a token's length, on every core, each with a key of its own.</summary>
    public static Pace Signature(double seconds)
    {
        var token = new byte[700];
        return OnEveryCore(seconds, () =>
        {
            var key = RSA.Create(2048);
            return () => _ = key.SignData(token, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        });
    }

    /// <summary>
    /// Commits of one row of 1 KiB each: in SQLite by the writers in turn, since a file has one writer; in PostgreSQL
    /// on a connection each.
    /// </summary>
    public async Task<Pace> Commit(double seconds)
    {
        using (var setup = scratch.Open())
        using (var table = setup.CreateCommand())
        {
            var type = scratch.IsSqlite ? "BLOB" : "bytea";
            table.CommandText =
                $"CREATE TABLE IF NOT EXISTS bench_row (id text NOT NULL PRIMARY KEY, content {type} NOT NULL)";
            table.ExecuteNonQuery();
        }

        var turn = new SemaphoreSlim(1);
        var shared = scratch.IsSqlite ? scratch.Open() : null;
        var count = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(Write)));
        shared?.Dispose();
        return new(count / clock.Elapsed.TotalSeconds, 0);

        async Task Write()
        {
            using var own = shared is null ? scratch.Open() : null;
            using var insert = Insert(own ?? shared!);
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                if (shared is null)
                {
                    Bind(insert);
                    await insert.ExecuteNonQueryAsync();
                }
                else
                {
                    await turn.WaitAsync();
                    Bind(insert);
                    insert.ExecuteNonQuery();
                    turn.Release();
                }

                Interlocked.Increment(ref count);
            }
        }
    }

    /// <summary>The same payload through Kestrel alone, by the same client.</summary>
    public async Task<Pace> Echo(double seconds, int requestBytes, int answerBytes)
    {
        if (echo is null)
        {
            var program = Path.Combine(AppContext.BaseDirectory, "Lifeguard.Load.dll");
            echo = new(program, [EchoServer.Verb, $"{echoPort}"], scratch.Folder);
            await echo.MustListen(echoPort);
            echoCaller = new(echoPort, concurrency, null);
            await Run(1);
        }

        return await Run(seconds);

        async Task<Pace> Run(double length)
        {
            var call = new PreparedCall($"{answerBytes}", new byte[requestBytes], null);
            var (count, clock, cpu) = (0, Stopwatch.StartNew(), echo.Cpu);
            await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
            {
                while (clock.Elapsed.TotalSeconds < length)
                {
                    await echoCaller!.Send(call);
                    Interlocked.Increment(ref count);
                }
            })));
            return Of(count, clock.Elapsed, echo.Cpu - cpu);
        }
    }

    public void Dispose()
    {
        echoCaller?.Dispose();
        echo?.Dispose();
    }

    private static Pace OnEveryCore(double seconds, Func<Action> prepare)
    {
        var actions = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => prepare()).ToArray();
        foreach (var action in actions) action();
        var process = Process.GetCurrentProcess();
        var (count, clock, cpu) = (0, Stopwatch.StartNew(), process.TotalProcessorTime);
        var threads = actions.Select(action => new Thread(() =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                action();
                Interlocked.Increment(ref count);
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        process.Refresh();
        return Of(count, clock.Elapsed, process.TotalProcessorTime - cpu);
    }

    private static Pace Of(int count, TimeSpan wall, TimeSpan cpu) =>
        new(count / wall.TotalSeconds, count / Math.Max(0.001, cpu.TotalSeconds));

    private static DbCommand Insert(DbConnection connection)
    {
        var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO bench_row (id, content) VALUES (@id, @content)";
        foreach (var (name, value) in (ReadOnlySpan<(string, object)>)
            [("id", ""), ("content", new byte[EquivalentRowBytes])])
        {
            var parameter = insert.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            insert.Parameters.Add(parameter);
        }

        insert.Prepare();
        return insert;
    }

    /// <summary>Keys are as random as subs are, so that rows land everywhere in the tree.</summary>
    private void Bind(DbCommand insert) => insert.Parameters[0].Value =
        Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(Interlocked.Increment(ref rows))));
}
