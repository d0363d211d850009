using System.Text;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary><c>lifeguard user import</c>: with a server beside it, and without one.</summary>
public sealed class UserImportTests(Served served) : IClassFixture<Served>
{
    private const string Bcrypt = "$2b$04$CCCCCCCCCCCCCCCCCCCCC.BvH9kgmVVEP2voNAWITqdCsKCoM7Pbu";

    [Fact]
    public async Task Imports_a_file_says_what_came_of_it_and_lets_the_users_in()
    {
        var pool = await Pool();
        var file = CsvOfUsers.Make(1000, 23, Bcrypt);
        var errors = Path.Combine(served.Installation.Folder, "errors.csv");

        var finished = await Import(pool, file.Bytes, "--hash-algorithm", "bcrypt", "--errors", errors);

        Assert.True(finished.ExitCode == 1, finished.Printed);
        Assert.Contains(
            $"Succeeded: {file.Imported} imported, {file.Skipped} skipped, {file.Failed} failed. "
            + "Import Job Completed Successfully.",
            finished.Printed, StringComparison.Ordinal);
        Assert.Contains($"again: {errors}", finished.Printed, StringComparison.Ordinal);
        Assert.Contains($"Why: {errors}.reasons.csv", finished.Printed, StringComparison.Ordinal);
        MustBeRejected(
            file,
            await File.ReadAllTextAsync(errors, Encoding.Latin1, TestContext.Current.CancellationToken),
            await File.ReadAllLinesAsync(
                errors + ".reasons.csv", TestContext.Current.CancellationToken));
        await MustSignIn(pool, "u0");
    }

    [Fact]
    public async Task Rows_that_failed_can_be_mended_and_imported_again()
    {
        var pool = await Pool();
        var given = Changed(CsvOfUsers.Make(3, 0, Bcrypt).Bytes, "u1@example.com", "nowhere");
        var errors = Path.Combine(served.Installation.Folder, "mended.csv");
        string[] more = ["--hash-algorithm", "BCRYPT", "--errors"];

        var first = await Import(pool, given, [.. more, errors]);
        var rejected = await File.ReadAllBytesAsync(errors, TestContext.Current.CancellationToken);
        var again = await Import(
            pool, Changed(rejected, "nowhere", "u1@example.com"), [.. more, errors + ".2"]);

        Assert.True(first.ExitCode == 1, first.Printed);
        Assert.True(again.ExitCode == 0, again.Printed);
        Assert.Contains("1 imported, 0 skipped, 0 failed.", again.Printed, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(served.Installation.Folder, "mended.csv.2*"));
        await MustSignIn(pool, "u1");

        static byte[] Changed(byte[] csv, string old, string mended) => Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(csv).Replace(old, mended, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_who_are_there_already_are_no_failure_unless_there_is_nobody_else()
    {
        var pool = await Pool();
        var errors = Path.Combine(served.Installation.Folder, "skipped.csv");
        await Import(pool, CsvOfUsers.Make(2, 0).Bytes);

        var some = await Import(pool, CsvOfUsers.Make(3, 0).Bytes, "--errors", errors);
        var nobody = await Import(pool, CsvOfUsers.Make(3, 0).Bytes);

        Assert.True(some.ExitCode == 0, some.Printed);
        Assert.Contains("1 imported, 2 skipped, 0 failed.", some.Printed, StringComparison.Ordinal);
        // There is nothing to mend.
        Assert.False(File.Exists(errors));
        Assert.Equal(
            ["errors_line,line,outcome,reason", ",2,SKIPPED,", ",3,SKIPPED,"],
            (await File.ReadAllLinesAsync(
                errors + ".reasons.csv", TestContext.Current.CancellationToken))
            .Select(line => line.Split('"')[0]));
        Assert.Equal(1, nobody.ExitCode);
    }

    [Theory]
    [InlineData("rows.csv", "rows.csv", "rows.csv exists already")]
    [InlineData("why.csv", "why.csv.reasons.csv", "why.csv.reasons.csv exists already")]
    [InlineData("missing/rows.csv", null, "there is no folder ")]
    public async Task Writes_over_no_file_and_says_so_before_the_import(
        string errors, string? there, string words)
    {
        var pool = await Pool();
        var path = Path.Combine(served.Installation.Folder, there ?? "unused");
        await File.WriteAllTextAsync(path, "kept", TestContext.Current.CancellationToken);

        var refused = await Import(
            pool, CsvOfUsers.Make(1, 0).Bytes, "--errors", Path.Combine(served.Installation.Folder, errors));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"--errors: {words}", refused.Printed, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(0, await Imported(pool));
    }

    [Fact]
    public async Task Rows_that_failed_are_for_the_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes there.");
        var errors = Path.Combine(served.Installation.Folder, "private.csv");

        await Import(await Pool(), CsvOfUsers.Make(10, 10).Bytes, "--errors", errors);

        foreach (var file in (string[])[errors, errors + ".reasons.csv"])
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Goes_on_where_it_was_killed()
    {
        var pool = await Pool();
        var file = CsvOfUsers.Make(30_000, 300, Bcrypt);
        var path = Path.Combine(served.Installation.Folder, "large.csv");
        await File.WriteAllBytesAsync(path, file.Bytes, TestContext.Current.CancellationToken);
        string[] arguments = ["user", "import", "--pool", pool, "--file", path, "--hash-algorithm", "BCRYPT"];
        await using (var first = ChildProcess.Start(
            LifeguardProgram.File, arguments, served.Installation.Environment, served.Installation.Folder))
        {
            await Eventually.Holds(async () => await Imported(pool) > 3000);
            await first.Kill();
        }

        var before = await Imported(pool);
        // A server that runs beside it leaves it alone.
        Assert.InRange(before, 3000, file.Imported - 1);
        var finished = await served.Installation.Run(arguments);

        Assert.True(finished.ExitCode == 1, finished.Printed);
        Assert.Contains(
            $"Succeeded: {file.Imported:N0} imported, {file.Skipped} skipped, {file.Failed} failed.",
            finished.Printed, StringComparison.Ordinal);
        Assert.Equal(file.Imported, await Imported(pool));
        Assert.Matches("Which: lifeguard user import-errors --pool \\S+ --job import-\\w+", finished.Printed);
    }

    [Fact]
    public async Task Interrupted_by_its_user_it_says_how_to_go_on()
    {
        var pool = await Pool();
        var path = Path.Combine(served.Installation.Folder, "interrupted.csv");
        await File.WriteAllBytesAsync(
            path, CsvOfUsers.Make(30_000, 0).Bytes, TestContext.Current.CancellationToken);
        string[] arguments = ["user", "import", "--pool", pool, "--file", path];
        await using (var first = ChildProcess.Start(
            LifeguardProgram.File, arguments, served.Installation.Environment, served.Installation.Folder))
        {
            await Eventually.Holds(async () => await Imported(pool) > 1000);
            Assert.Equal(1, await first.Stop());
            Assert.Contains("Interrupted. The same command goes on", first.Printed, StringComparison.Ordinal);
        }

        var finished = await served.Installation.Run(arguments);

        Assert.True(finished.ExitCode == 0, finished.Printed);
        Assert.Equal(30_000, await Imported(pool));
    }

    [Fact]
    public async Task Says_what_is_wrong_with_its_arguments()
    {
        var pool = await Pool();
        var plain = (await Api.Must("CreateUserPool", new { PoolName = "plain" })).Text("UserPool.Id");

        Assert.Contains("does not exist", await Refusal("us-east-1_Nowhere00"), StringComparison.Ordinal);
        Assert.Contains("no auto-verified attribute", await Refusal(plain), StringComparison.Ordinal);
        Assert.Contains(
            "--hash-algorithm takes one of", await Refusal(pool, "--hash-algorithm", "md5"),
            StringComparison.Ordinal);
        var bad = await Import(pool, Encoding.UTF8.GetBytes("nothing\n"));
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains(
            "Failed: 0 imported, 0 skipped, 0 failed. "
            + "The header of the CSV file has the unknown column nothing.",
            bad.Printed, StringComparison.Ordinal);

        async Task<string> Refusal(string poolId, params string[] more)
        {
            var finished = await Import(poolId, CsvOfUsers.Make(1, 0).Bytes, more);
            Assert.Equal(1, finished.ExitCode);
            return finished.Printed;
        }
    }

    /// <summary>The rows as they were, and the reasons of all that did not become users.</summary>
    private static void MustBeRejected(CsvOfUsers file, string rows, string[] reasons)
    {
        var given = Encoding.Latin1.GetString(file.Bytes).Split('\n');
        var told = reasons.Skip(1).Select(line => line.Split(',', 4)).ToList();
        var kept = rows.Split('\n');
        Assert.Equal("errors_line,line,outcome,reason", reasons[0]);
        Assert.Equal(
            file.Reasons.Select(reason => $"{reason.Key},{reason.Value}"),
            told.Select(cells => $"{cells[1]},{cells[3][1..^1]}"));
        Assert.Equal(file.Skipped, told.Count(cells => cells is ["", _, "SKIPPED", _]));
        var failed = told.Where(cells => cells[2] == "FAILED").ToList();
        Assert.Equal(file.Failed, failed.Count);
        Assert.Equal(given[0], kept[0]);
        Assert.Equal(failed.Select(cells => given[Line(cells[1])]), kept[1..^1]);
        Assert.All(failed, cells => Assert.Equal(given[Line(cells[1])], kept[Line(cells[0])]));

        static int Line(string number) =>
            int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) - 1;
    }

    private ApiClient Api => served.Program.Client(served.Administrator);

    private async Task<string> Pool() =>
        (await Api.Must("CreateUserPool", CsvOfUsers.PoolSettings)).Text("UserPool.Id");

    private async Task<Finished> Import(string pool, byte[] file, params string[] more)
    {
        var path = Path.Combine(served.Installation.Folder, $"users-{Guid.NewGuid():N}.csv");
        await File.WriteAllBytesAsync(path, file, TestContext.Current.CancellationToken);
        return await served.Installation.Run(["user", "import", "--pool", pool, "--file", path, .. more]);
    }

    private async Task<int> Imported(string pool) => int.Parse(
        (await served.Installation.Look($"SELECT COUNT(*) FROM users WHERE pool_id = '{pool}'")).Single(),
        System.Globalization.CultureInfo.InvariantCulture);

    private async Task MustSignIn(string pool, string name)
    {
        var client = (await Api.Must("CreateUserPoolClient", new
        {
            UserPoolId = pool,
            ClientName = "app",
            ExplicitAuthFlows = (string[])["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        })).Text("UserPoolClient.ClientId");
        await Api.Must("InitiateAuth", new
        {
            ClientId = client,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = name, PASSWORD = "Old-1234!" },
        });
    }
}
