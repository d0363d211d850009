using System.Globalization;
using System.Text;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Crash.Tests;

/// <summary>The server is killed in the middle of a large import. The next one brings it to the end that it
/// would have had.</summary>
public sealed class ImportKillTests
{
    private const string Password = "Old-1234!";
    private const string Bcrypt = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu";
    private const string Argon2idHeader = "cognito:username,name,email,email_verified,password_hash\n";

    [Fact]
    public async Task A_hundred_thousand_rows_survive_a_kill_in_a_database_file()
    {
        await using var installation = Installation.OnFile(Settings());
        await Survive(installation, CsvOfUsers.Make(100_000, 1000, Bcrypt, ""));
    }

    [Fact]
    public async Task Rows_survive_a_kill_on_PostgreSQL()
    {
        var administrator = Environment.GetEnvironmentVariable("LIFEGUARD_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(administrator), "LIFEGUARD_TEST_POSTGRES is not set.");
        await using var installation = await Installation.OnPostgres(administrator!, Settings());
        await Survive(installation, CsvOfUsers.Make(20_000, 200, Bcrypt, ""));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings() =>
    [
        new("Password:MemoryKiB", "64"),
        new("Password:Iterations", "1"),
        new("Limits:RequestsPerSecond:UserPoolResourceRead", "0"),
        new("Limits:CallsPerPool", "0"),
    ];

    private static async Task Survive(Installation installation, CsvOfUsers file)
    {
        SigV4Credentials key;
        ImportedPool pool;
        string job;
        await using (var first = await RunningLifeguard.Serve(installation))
        {
            key = first.FirstKey!;
            pool = await ImportedPool.Create(first.Client(key));
            job = await pool.Start(file.Bytes, "BCRYPT");
            var before = await pool.Wait(job, state => state.Rows >= file.Rows / 3);
            await first.Kill();
            Assert.Equal("InProgress", before.Status);
        }

        await using var second = await RunningLifeguard.Serve(installation);
        pool = pool with { Api = second.Client(key) };
        var end = await pool.Wait(job, state => state.HasEnded);
        Assert.Equal(
            new("Succeeded", file.Imported, file.Skipped, file.Failed, HasEnded: true), end);
        await MustBeWhole(installation, file);
        Assert.Equal(file.Reasons, await Reasons(installation, pool, job));
        Assert.Null(await pool.SignIn("u0", Password));
        Assert.Equal("NotAuthorizedException", await pool.SignIn("u2", "Wrong-1234!"));
        Assert.Equal("PasswordResetRequiredException", await pool.SignIn("u1", Password));

        job = await pool.Start(Argon2idUsers(), "ARGON2ID");
        Assert.Equal(
            new("Succeeded", 3, 0, 0, HasEnded: true), await pool.Wait(job, state => state.HasEnded));
        Assert.Null(await pool.SignIn("argon1", Password));
        Assert.Null(await pool.SignIn("argon1", Password));
    }

    /// <summary>No row twice, none lost, none by halves.</summary>
    private static async Task MustBeWhole(Installation installation, CsvOfUsers file)
    {
        foreach (var (sql, count) in ((string, int)[])
        [
            ("SELECT COUNT(*) FROM users", file.Imported),
            ("SELECT COUNT(DISTINCT username) FROM users", file.Imported),
            ("SELECT COUNT(*) FROM user_alias a JOIN users u ON u.sub = a.sub", file.Imported),
            ("SELECT COUNT(*) FROM user_search s JOIN users u ON u.sub = s.sub", 2 * file.Imported),
            ("SELECT COUNT(*) FROM user_alias", file.Imported),
            ("SELECT COUNT(*) FROM user_search", 2 * file.Imported),
        ])
        {
            Assert.Equal((sql, $"{count}"), (sql, (await installation.Look(sql)).Single()));
        }
    }

    private static async Task<SortedDictionary<long, string>> Reasons(
        Installation installation, ImportedPool pool, string job)
    {
        var finished = await installation.Run("user", "import-errors", "--pool", pool.Id, "--job", job);
        Assert.True(finished.ExitCode == 0, finished.Printed);
        return new(finished.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(',', 3))
            .ToDictionary(
                parts => long.Parse(parts[0], CultureInfo.InvariantCulture),
                parts => parts[2].TrimEnd()[1..^1]));
    }

    /// <summary>With the commas of their hashes as they are.</summary>
    private static byte[] Argon2idUsers()
    {
        var lines = Enumerable.Range(0, 3).Select(number =>
        {
            var salt = Enumerable.Repeat((byte)number, Argon2idHash.SaltLength).ToArray();
            var hash = Argon2idHash.Create(Password, salt, Argon2idParameters.Default).Text;
            return $"argon{number},Argon,argon{number}@example.com,true,{hash}\n";
        });
        return Encoding.UTF8.GetBytes(Argon2idHeader + string.Concat(lines));
    }
}
