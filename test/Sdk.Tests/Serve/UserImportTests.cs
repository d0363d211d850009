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

        Assert.True(finished.ExitCode == 0, finished.Printed);
        Assert.Contains(
            $"Succeeded: {file.Imported} imported, {file.Skipped} skipped, {file.Failed} failed. "
            + "Import Job Completed Successfully.",
            finished.Printed, StringComparison.Ordinal);
        Assert.Contains($"Which: {errors}", finished.Printed, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(errors, TestContext.Current.CancellationToken);
        Assert.Equal("line,outcome,reason", lines[0]);
        Assert.Equal(
            file.Reasons.Select(reason => $"{reason.Key},{reason.Value}"),
            lines.Skip(1).Select(line => line.Split(',', 3)).Select(parts =>
                $"{parts[0]},{parts[2][1..^1]}"));
        Assert.Equal(file.Skipped, lines.Count(line => line.Contains(",SKIPPED,", StringComparison.Ordinal)));
        await MustSignIn(pool, "u0");
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

        Assert.True(finished.ExitCode == 0, finished.Printed);
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
