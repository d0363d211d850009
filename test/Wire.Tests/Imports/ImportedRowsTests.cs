using System.Text;
using Lifeguard.Clients;
using Lifeguard.Domain.Effects;
using Lifeguard.Domain.Imports;
using Lifeguard.Operations.Imports;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

/// <summary>What becomes of each row of a file.</summary>
public sealed class ImportedRowsTests
{
    private const string Hash = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu";

    [Theory, EachDatabase(OnFile = true)]
    public async Task Every_row_becomes_a_user_or_has_its_reason(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Importing.PoolOfUsers(world);
        var file = CsvOfUsers.Make(2000, 40, Hash, "");
        var job = await world.Started(pool, file.Bytes, "BCRYPT");

        await world.RunImports();

        Assert.Equal(
            $"Succeeded {file.Imported}/{file.Skipped}/{file.Failed} Import Job Completed Successfully.",
            await job.Summary());
        Assert.Equal(file.Reasons, await Reasons(job));
        Assert.Equal(Lines(file), world.Logs.Written.SelectMany(batch => batch.Lines));
        Assert.All(world.Logs.Written, batch => Assert.Equal(
            ($"/aws/cognito/userpools/{pool.Id}/imports", $"{job.Id}/first"),
            (batch.Destination, batch.Stream)));
        await MustBeWhole(world, file);
        Assert.Equal("CONFIRMED", await pool.StatusOf("u2"));
        Assert.Equal("RESET_REQUIRED", await pool.StatusOf("u1@example.com"));
        Assert.Equal("Müller, Number 2", await world.AttributeOf(pool, "u2", "name"));
        Assert.Equal("1985-02-01", await world.AttributeOf(pool, "u2", "birthdate"));
    }

    [Theory, EachDatabase]
    public async Task Nothing_that_was_uploaded_stands_readable_in_the_database(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Importing.PoolOfUsers(world);
        var job = await world.Started(pool, CsvOfUsers.Make(5000, 0, Hash).Bytes, "BCRYPT");

        var kept = await RowCounts.Look(world, "SELECT sealed FROM user_import_chunk");
        Assert.Equal(4, kept.Count);
        var chunk = (await world.Get<ImportFileStore>().Read(
            (await world.Get<ImportJobStore>().Find(pool.Id, job.Id, CancellationToken.None))!, 0,
            CancellationToken.None))!;
        Assert.StartsWith("cognito:username,", Encoding.UTF8.GetString(chunk));
        Assert.False(await Holds(world, "example.com"u8.ToArray()));
        Assert.False(await Holds(world, Encoding.UTF8.GetBytes(Hash)));
        await world.RunImports();
        // What no longer is needed goes at once, and hashes are sealed with the users.
        await Tidy(world);
        Assert.Equal(0, await RowCounts.Of(world, "user_import_chunk"));
        Assert.False(await Holds(world, Encoding.UTF8.GetBytes(Hash)));
    }

    [Fact]
    public async Task A_tampered_piece_fails_the_job()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var job = await world.Started(
            await Importing.PoolOfUsers(world), CsvOfUsers.Make(5000, 0).Bytes);
        // A good piece, but another one.
        await RowCounts.Execute(
            world,
            "UPDATE user_import_chunk SET sealed = (SELECT sealed FROM user_import_chunk WHERE number = 1) "
            + "WHERE number = 0");

        await world.RunImports();

        Assert.Equal("Failed 0/0/0 The CSV file cannot be read.", await job.Summary());
    }

    [Theory]
    [InlineData("cognito:username,email", "The header of the CSV file lacks the column name.")]
    [InlineData("", "The CSV file has no header.")]
    [InlineData("\n" + Importing.Header, "The CSV file has no header.")]
    [InlineData(
        Importing.Header + ",custom:x", "The header of the CSV file has the unknown column custom:x.")]
    public async Task A_file_without_a_good_header_fails_the_job(string header, string reason)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var job = await world.Started(
            await Importing.Pool(world),
            Encoding.UTF8.GetBytes(header + "\n" + Importing.Row("ana", "ana@example.com")));

        await world.RunImports();

        Assert.Equal($"Failed 0/0/0 {reason}", await job.Summary());
    }

    [Theory]
    [InlineData("\uFEFF", "\n", "\n")]
    [InlineData("", "\r\n", "\r\n")]
    [InlineData("", "\n", "")]
    [InlineData("", "\n\n \t\n", "\n\n\n")]
    public async Task Marks_line_ends_and_blank_lines_mean_nothing(string mark, string between, string last)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        var text = mark + Importing.Header + between + Importing.Row("ana", "ana@example.com") + between
            + Importing.Row(" bob ", "bob@example.com") + last;
        var job = await world.Started(pool, Encoding.UTF8.GetBytes(text));

        await world.RunImports();

        Assert.Equal("Succeeded 2/0/0 Import Job Completed Successfully.", await job.Summary());
        Assert.Equal("RESET_REQUIRED", await pool.StatusOf("bob"));
    }

    [Fact]
    public async Task An_empty_file_succeeds_and_one_of_which_nothing_comes_fails()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world);
        var empty = await world.Started(pool, Importing.File(Importing.Header));
        await world.RunImports();
        var bad = await world.Started(
            pool, Importing.File(Importing.Header, Importing.Row("ana", "ana@example.com", "FALSE")));
        await world.RunImports();

        Assert.Equal("Succeeded 0/0/0 Import Job Completed Successfully.", await empty.Summary());
        Assert.Equal(
            "Failed 0/0/1 Too many users have failed or been skipped during the import.",
            await bad.Summary());
    }

    [Theory]
    // Whose name it would be, or who would no longer be found.
    [InlineData("every alias", "bob", "", "old@example.com", "An account with the email already exists.")]
    [InlineData("every alias", "olga", "", "b@example.com", "The user already exists.")]
    [InlineData("every alias", "bob", "old", "b@example.com",
        "An account with the preferred_username already exists.")]
    [InlineData("every alias", "bob", "olga", "b@example.com",
        "An account with the preferred_username already exists.")]
    [InlineData("every alias", "sub of old", "", "b@example.com", "The user already exists.")]
    [InlineData("email name", "old@example.com", "", "old@example.com", "The user already exists.")]
    public async Task Names_and_aliases_stay_unique(
        string kind, string name, string preferred, string email, string reason)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var settings = Calls.Merge(
            PoolKinds.Of(kind), new { AutoVerifiedAttributes = (string[])["email"] });
        var pool = await TestPool.Create(world, settings);
        var hasNames = kind != "email name";
        var old = hasNames
            ? await pool.ConfirmedUser("old", "old@example.com")
            : await pool.ConfirmedUser("old@example.com");
        if (hasNames)
        {
            await world.Must("AdminUpdateUserAttributes", new
            {
                UserPoolId = pool.Id,
                Username = "old",
                UserAttributes = Calls.Attributes("preferred_username=olga"),
            });
        }

        var row = Importing.Row(name == "sub of old" ? old.Sub : name, email).Split(',');
        row[6] = preferred;
        var before = await RowCounts.Look(world, "SELECT value FROM user_search ORDER BY value");
        var job = await world.Started(pool, Importing.File(Importing.Header, string.Join(',', row)));

        await world.RunImports();

        Assert.Equal(reason, (await Reasons(job))[2]);
        Assert.Equal(1, await RowCounts.Of(world, "users"));
        Assert.Equal(before, await RowCounts.Look(world, "SELECT value FROM user_search ORDER BY value"));
    }

    [Fact]
    public async Task A_name_that_a_faulty_row_wanted_is_free_for_a_later_row()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.Pool(world, "email alias");
        await pool.ConfirmedUser("old", "old@example.com");
        var job = await world.Started(pool, Importing.File(
            Importing.Header,
            Importing.Row("ana", "old@example.com"),
            Importing.Row("ana", "ana@example.com"),
            Importing.Row("ana", "other@example.com")));

        await world.RunImports();

        Assert.Equal("Succeeded 1/1/1 Import Job Completed Successfully.", await job.Summary());
        Assert.Equal("ana@example.com", await world.AttributeOf(pool, "ana", "email"));
    }

    [Theory, EachDatabase]
    public async Task Rows_of_one_file_come_to_what_they_would_come_to_one_after_the_other(DatabaseKind kind)
    {
        const string preferred = "An account with the preferred_username already exists.";
        const string email = "An account with the email already exists.";
        const string exists = "The user already exists.";
        await using var world = await World.Start(kind);
        var settings = Calls.Merge(
            PoolKinds.Of("every alias"), new { AutoVerifiedAttributes = (string[])["email"] });
        var pool = await TestPool.Create(world, settings);
        var job = await world.Started(pool, Importing.File(
            Importing.Header,
            Row("ana", ""),
            Row("bob", "ana"),
            Row("cleo", "dora"),
            Row("dora", ""),
            Row("ana", "", "other"),
            Row("eve", "", "ana"),
            Row("fay", "fay"),
            Row("gil", "dora"),
            Row("bob", "")));

        await world.RunImports();

        Assert.Equal(
            [(3, preferred), (5, exists), (6, exists), (7, email), (9, preferred)],
            (await Reasons(job)).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(
            ["ana", "bob", "cleo", "fay"],
            await RowCounts.Look(world, "SELECT username FROM users ORDER BY username"));
        // Nothing of those who did not come is left behind.
        Assert.Equal(
            [
                "ana", "ana@example.com", "bob", "bob@example.com", "cleo", "cleo@example.com", "dora", "fay",
                "fay@example.com",
            ],
            await RowCounts.Look(world, "SELECT value FROM user_alias ORDER BY value"));

        static string Row(string name, string preferred, string? address = null)
        {
            var row = Importing.Row(name, $"{address ?? name}@example.com").Split(',');
            row[6] = preferred;
            return string.Join(',', row);
        }
    }

    [Fact]
    public async Task A_sink_that_refuses_does_not_hold_up_the_import()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.PoolOfUsers(world);
        world.Logs.OnWrite = () => throw new DeliveryException("down", permanent: false);
        var job = await world.Started(pool, CsvOfUsers.Make(300, 0).Bytes);

        await world.RunImports();

        Assert.Equal("Succeeded 300/0/0 Import Job Completed Successfully.", await job.Summary());
    }

    [Fact]
    public async Task A_pool_that_is_deleted_meanwhile_ends_the_job()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Importing.PoolOfUsers(world);
        var job = await world.Started(pool, CsvOfUsers.Make(1000, 0).Bytes);
        // Callers are refused; this is a start and a deletion at the same moment.
        world.Logs.OnWrite = () => RowCounts.Execute(
            world, $"UPDATE user_pool SET deleted_ms = 1 WHERE pool_id = '{pool.Id}'");

        var round = 0;
        while (!await world.Get<RunImports>().Next(CancellationToken.None))
        {
            // Until the pool has left the node's memory.
            Assert.True(++round < 3);
            world.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.Equal(
            ["Failed"],
            await RowCounts.Look(world, $"SELECT status FROM user_import_job WHERE job_id = '{job.Id}'"));
        Assert.Equal(100, await RowCounts.Of(world, "users"));
    }

    [Fact]
    public async Task What_became_of_single_rows_is_kept_for_a_month()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var job = await world.Started(
            await Importing.PoolOfUsers(world), CsvOfUsers.Make(2000, 1000).Bytes);
        await world.RunImports();
        var summary = await job.Summary();

        world.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await Tidy(world);
        Assert.Equal(1000, await RowCounts.Of(world, "user_import_row"));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await Tidy(world);

        Assert.Equal(0, await RowCounts.Of(world, "user_import_row"));
        Assert.Equal(summary, await job.Summary());
        Assert.False(await world.Get<ImportTidying>().Some(DateTimeOffset.MaxValue, CancellationToken.None));
    }

    /// <summary>Why rows did not become users, as the database has it.</summary>
    internal static async Task<IReadOnlyDictionary<long, string>> Reasons(TestImport job)
    {
        var stored = await job.World.Get<ImportJobStore>().Find(job.Pool.Id, job.Id, CancellationToken.None);
        var rows = await job.World.Get<ImportProgressStore>().Rows(
            stored!, 0, 10_000, CancellationToken.None);
        return new SortedDictionary<long, string>(rows.ToDictionary(row => row.Line, row => row.Reason));
    }

    /// <summary>Users, aliases and search keys are those of the good rows, and no others.</summary>
    internal static async Task MustBeWhole(World world, CsvOfUsers file)
    {
        var expected = Enumerable.Range(0, file.Rows)
            .Where(number => !file.Reasons.ContainsKey(number + 2))
            .Select(number => $"u{number}")
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal(expected, await RowCounts.Look(world, "SELECT username FROM users ORDER BY username"));
        Assert.Equal(
            expected.Select(name => $"{name}@example.com").Order(StringComparer.Ordinal),
            await RowCounts.Look(world, "SELECT value FROM user_alias ORDER BY value"));
        Assert.Equal(2 * file.Imported, await RowCounts.Of(world, "user_search"));
    }

    private static async Task Tidy(World world)
    {
        while (await world.Get<ImportTidying>().Some(world.Clock.GetUtcNow(), CancellationToken.None))
        {
        }
    }

    private static async Task<bool> Holds(World world, byte[] sought)
    {
        var boxes = await RowCounts.Bytes(world, "SELECT sealed FROM user_import_chunk");
        boxes.AddRange(await RowCounts.Bytes(world, "SELECT sealed FROM users WHERE sealed IS NOT NULL"));
        return boxes.Exists(box => box.AsSpan().IndexOf(sought) >= 0);
    }

    private static IEnumerable<string> Lines(CsvOfUsers file)
    {
        for (var line = 2; line < file.Rows + 2; line++)
        {
            var outcome = file.Reasons.GetValueOrDefault(line) switch
            {
                null => RowOutcome.Succeeded(line),
                ImportWords.UserExists => RowOutcome.Skipped(line),
                var reason => RowOutcome.Failed(line, reason),
            };
            yield return outcome.LogLine;
        }
    }
}
