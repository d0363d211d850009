using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>Pools that leave one installation and enter another, by the program's own commands.</summary>
public sealed class TransferTests
{
    private const int Members = 10_000;

    private static readonly KeyValuePair<string, string?>[] Settings =
    [
        new("Issuer", "https://id.example.com"),
        new("Password:MemoryKiB", "64"),
        new("Password:Iterations", "1"),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ten_thousand_users_and_their_tokens_work_on_in_the_other_database(bool toPostgres)
    {
        await using var old = await New(isPostgres: !toPostgres);
        await using var moved = await New(isPostgres: toPostgres);
        await using var oldProgram = await RunningLifeguard.Serve(old);
        var oldApi = oldProgram.Client(oldProgram.FirstKey);
        var pool = await LivelyPool.Create(oldApi);
        await Crowd.Join(old, pool.Id, Members);
        var good = await pool.Tokens(oldApi, "ana");
        var signedOut = await pool.Tokens(oldApi, "bob");
        await pool.SignOut(oldApi, "bob");

        // Both servers run while the commands do their work.
        await using var program = await RunningLifeguard.Serve(moved);
        var api = program.Client(program.FirstKey);
        var file = Path.Combine(old.Folder, "lively.pool");
        var exported = Succeeded(await PoolFiles.Export(old, pool.Id, file));
        var imported = Succeeded(await PoolFiles.Import(moved, file));

        Assert.Contains("10,002 users", exported, StringComparison.Ordinal);
        Assert.Contains("10,002 users", imported, StringComparison.Ordinal);
        Assert.Contains(
            $"the issuer is https://id.example.com/{pool.Id} as before.", imported, StringComparison.Ordinal);
        Assert.Equal(pool.AnasSub, await pool.SubOf(api, "ana"));
        Assert.Equal(200, (await pool.SignIn(api, "ana")).Status);
        Assert.Equal(200, (await pool.SignIn(api, Crowd.NameOf(7777), Crowd.Password)).Status);
        Assert.Equal("NotAuthorizedException", (await pool.SignIn(api, "ana", "Wrong-Pässwörd-1")).ErrorType);
        Assert.Equal(200, (await pool.SignInAtSite(api, "ana")).Status);
        await api.Must("GetUser", new { AccessToken = good.Text("AccessToken") });
        var refreshed = await pool.Refresh(api, good.Text("RefreshToken"));
        Assert.True(refreshed.Status == 200, refreshed.Message);
        await api.Must(
            "GetUser", new { AccessToken = refreshed.Body.Text("AuthenticationResult.AccessToken") });
        Assert.Equal(
            "Refresh Token has been revoked",
            (await pool.Refresh(api, signedOut.Text("RefreshToken"))).Message);
    }

    [Fact]
    public async Task Browsers_prove_the_password_after_a_move_and_in_a_clone_once_it_was_sent()
    {
        await using var old = await New(isPostgres: false);
        await using var moved = await New(isPostgres: false);
        await using var oldProgram = await RunningLifeguard.Serve(old);
        var pool = await LivelyPool.Create(oldProgram.Client(oldProgram.FirstKey));
        await using var program = await RunningLifeguard.Serve(moved);
        var api = program.Client(program.FirstKey);
        var file = Path.Combine(old.Folder, "lively.pool");
        Succeeded(await PoolFiles.Export(old, pool.Id, file));
        Succeeded(await PoolFiles.Import(moved, file));

        await SignInBySrp(program, pool.Id, pool.App);

        var printed = Succeeded(
            await moved.Run("pool", "clone", pool.Id, "--name", "staging", "--with-users"));
        var clone = printed.Split('\n').Select(line => line.Trim())
            .Single(line => line.StartsWith("us-east-1_", StringComparison.Ordinal));
        var app = (await api.Must("ListUserPoolClients", new { UserPoolId = clone, MaxResults = 10 }))
            .At("UserPoolClients").EnumerateArray()
            .Single(client => client.Text("ClientName") == "app")
            .Text("ClientId");
        Assert.NotEqual(pool.App, app);
        await SignInBySrp(program, clone, app, "NotAuthorizedException");
        await api.Must("InitiateAuth", new
        {
            ClientId = app,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ana", PASSWORD = LivelyPool.Password },
        });
        await SignInBySrp(program, clone, app);
        await SignInBySrp(program, pool.Id, pool.App);
    }

    [Fact]
    public async Task An_import_that_was_killed_goes_on_when_it_is_called_again()
    {
        await using var old = await New(isPostgres: false);
        await using var moved = await New(isPostgres: false);
        var (pool, file) = await Exported(old, Members);
        Succeeded(await moved.Run("migrate"));

        await using (var import = ChildProcess.Start(
            LifeguardProgram.File, PoolFiles.ImportArguments(moved, file), moved.Environment, moved.Folder))
        {
            await KillHalfWay(import, moved);
        }

        var unfinished = Succeeded(await moved.Run("pool", "list"));
        Assert.Matches($@"{pool.Id} .* incomplete since .*, \d+ parts", unfinished);
        Assert.Contains(
            ", the rest of an earlier import: ",
            Succeeded(await PoolFiles.Import(moved, file)),
            StringComparison.Ordinal);
        Assert.Matches(
            $@"{pool.Id} +lively +10,002 +2 +\S+Z +in use", Succeeded(await moved.Run("pool", "list")));
        foreach (var table in (string[])["users", "user_alias", "user_search", "app_client"])
        {
            var sql = $"SELECT COUNT(*) FROM {table}";
            Assert.Equal(await old.Look(sql), await moved.Look(sql));
        }
    }

    [Fact]
    public async Task What_cannot_be_brought_in_is_refused_in_one_line()
    {
        await using var old = await New(isPostgres: false);
        await using var moved = await New(isPostgres: false);
        var (pool, file) = await Exported(old, members: 0);
        var bytes = File.ReadAllBytes(file);
        var altered = Path.Combine(old.Folder, "altered.pool");
        File.WriteAllBytes(altered, [.. bytes[..^40], (byte)(bytes[^40] ^ 1), .. bytes[^39..]]);
        var cut = Path.Combine(old.Folder, "cut.pool");
        File.WriteAllBytes(cut, bytes[..^40]);
        var wrong = PoolFiles.Private(moved, "wrong", "another passphrase");
        var open = Path.Combine(moved.Folder, "open-to-all");
        File.WriteAllText(open, PoolFiles.Passphrase);

        Refused(await PoolFiles.Import(moved, altered), "the file has been altered");
        Refused(await PoolFiles.Import(moved, cut), "The file ends early");
        Refused(await PoolFiles.Import(moved, moved.MasterKeyFile), "This is no file of: lifeguard pool");
        Refused(
            await moved.Run("pool", "import", file, "--passphrase-file", wrong),
            "The passphrase is not that of the file");
        Refused(await moved.Run("pool", "import", file), "A passphrase is needed");
        Refused(await PoolFiles.Import(old, file), $"Pool {pool.Id} exists here already.");
        Refused(await PoolFiles.Export(old, pool.Id, file), "exists already");
        Refused(await PoolFiles.Export(old, "us-east-1_Nowhere01", file + "2"), "us-east-1_Nowhere01");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Refused(
                await moved.Run("pool", "import", file, "--passphrase-file", open), "is open to other users");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Assert.False(File.Exists(file + "2"));
        Assert.Empty(await moved.Look("SELECT pool_id FROM pool_import UNION SELECT pool_id FROM user_pool"));
    }

    [Fact]
    public async Task A_file_can_be_sealed_to_a_key_of_whoever_imports_it()
    {
        await using var old = await New(isPostgres: false);
        await using var moved = await New(isPostgres: false);
        var (pool, _) = await Exported(old, members: 0);
        var mine = Path.Combine(moved.Folder, "mine.key");
        var others = Path.Combine(moved.Folder, "others.key");
        var recipient = Succeeded(await moved.Run("keys", "create-transfer", mine)).Trim();
        Succeeded(await moved.Run("keys", "create-transfer", others));
        var file = Path.Combine(old.Folder, "sealed.pool");

        Succeeded(await old.Run("pool", "export", pool.Id, "--to", file, "--recipient", recipient));

        Refused(await old.Run("pool", "export", pool.Id, "--to", file + "2", "--recipient", recipient[..^1]),
            "--recipient takes what");
        Refused(await moved.Run("pool", "import", file), $"The file is sealed to {recipient}");
        Refused(await moved.Run("pool", "import", file, "--identity", others), "sealed to another key");
        Succeeded(await moved.Run("pool", "import", file, "--identity", mine));
        Assert.Equal([pool.Id], await moved.Look("SELECT pool_id FROM user_pool"));
    }

    [Fact]
    public async Task What_was_begun_can_be_taken_out_by_file_or_by_id()
    {
        await using var old = await New(isPostgres: false);
        await using var moved = await New(isPostgres: false);
        var (pool, file) = await Exported(old, members: 0);
        const string begun =
            "INSERT INTO pool_import (pool_id, source, parts, started_ms, changed_ms) "
            + "VALUES ('{0}', 'elsewhere', 1, 0, 0) RETURNING pool_id";
        Succeeded(await moved.Run("migrate"));

        await moved.Look(string.Format(System.Globalization.CultureInfo.InvariantCulture, begun, pool.Id));
        Refused(await PoolFiles.Import(moved, file), "is being brought in from another source");
        Succeeded(await PoolFiles.Import(moved, file, "--discard"));
        Refused(await PoolFiles.Import(moved, file, "--discard"), "Nothing of pool");
        await moved.Look(string.Format(System.Globalization.CultureInfo.InvariantCulture, begun, pool.Id));
        Succeeded(await moved.Run("pool", "discard", pool.Id));

        Succeeded(await PoolFiles.Import(moved, file));
        Refused(await moved.Run("pool", "discard", pool.Id), "Nothing of pool");
    }

    private static async Task<Installation> New(bool isPostgres) =>
        isPostgres
            ? await Installation.OnPostgres(Available.Postgres, Settings)
            : Installation.OnFile(Settings);

    /// <summary>A pool on a server that has ended, as a file.</summary>
    private static async Task<(LivelyPool Pool, string File)> Exported(Installation installation, int members)
    {
        await using var program = await RunningLifeguard.Serve(installation);
        var pool = await LivelyPool.Create(program.Client(program.FirstKey));
        await Crowd.Join(installation, pool.Id, members);
        var file = Path.Combine(installation.Folder, "lively.pool");
        Succeeded(await PoolFiles.Export(installation, pool.Id, file));
        Assert.Equal(0, await program.Stop());
        return (pool, file);
    }

    private static async Task KillHalfWay(ChildProcess import, Installation moved)
    {
        while (true)
        {
            // While it stands still, what is seen is still so when it is killed.
            import.Pause();
            if (await moved.Look("SELECT parts FROM pool_import") is [var parts] && parts != "0")
            {
                await import.Kill();
                return;
            }

            Assert.Empty(await moved.Look("SELECT pool_id FROM user_pool"));
            import.Resume();
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }
    }

    private static Task SignInBySrp(
        RunningLifeguard program, string pool, string client, params string[] expectedError) =>
        Script.MustSucceed(
            "srp-sign-in.mjs",
            [program.Address.AbsoluteUri, pool, client, "ana", LivelyPool.Password, .. expectedError]);

    private static string Succeeded(Finished finished)
    {
        Assert.True(finished.ExitCode == 0, finished.Printed);
        Assert.DoesNotContain(PoolFiles.Passphrase, finished.Printed, StringComparison.Ordinal);
        return finished.Printed;
    }

    private static void Refused(Finished finished, string words)
    {
        var line = Assert.Single(finished.Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("lifeguard: ", line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.Equal(1, finished.ExitCode);
    }
}
