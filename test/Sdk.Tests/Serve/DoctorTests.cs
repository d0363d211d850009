namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>What `lifeguard doctor` says of the files it looks at, which it leaves as they are.</summary>
public sealed class DoctorTests : IAsyncLifetime
{
    private const string CanStart = "ok       The server can start.";

    private readonly Installation installation = Installation.OnFile();

    private string DatabaseFile => Path.Combine(installation.Folder, "lifeguard.db");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => installation.DisposeAsync();

    [Fact]
    public async Task A_file_that_is_not_there_is_told_and_not_made()
    {
        var before = Directory.GetFiles(installation.Folder);

        var examined = await installation.Run("doctor");

        Assert.Equal(0, examined.ExitCode);
        Assert.Contains(
            $"note     Database: {DatabaseFile} does not exist yet; serve makes it, and may write there.\n"
            + CanStart,
            examined.Printed, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(installation.Folder));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.None)]
    public async Task Settings_with_a_secret_that_others_can_read_are_warned_of(UnixFileMode more)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes there.");
        var file = Path.Combine(installation.Folder, "lifeguard.json");
        await File.WriteAllTextAsync(
            file, """{"Logs":{"Webhook":{"Secret":"not-to-be-shown"}}}""",
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        const string warning = "lifeguard.json, where it stands, is open to other users of this machine";

        var examined = await installation.Run("doctor");
        await using var program = await RunningLifeguard.Serve(installation);

        Assert.Equal(0, examined.ExitCode);
        foreach (var printed in (string[])[examined.Printed, program.Printed])
        {
            Assert.Equal(
                more is not UnixFileMode.None, printed.Contains(warning, StringComparison.Ordinal));
            Assert.DoesNotContain("not-to-be-shown", printed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_made_is_refused_as_it_is_by_serve()
    {
        KeyValuePair<string, string?>[] changed =
            [new("Database", $"sqlite:{Path.Combine(installation.Folder, "missing", "lifeguard.db")}")];

        var examined = await installation.RunWith(changed, "doctor");
        var served = await installation.RunWith(changed, "serve");

        Assert.Equal((1, 1), (examined.ExitCode, served.ExitCode));
        Assert.Contains("refused  Database: ", examined.Printed, StringComparison.Ordinal);
        Assert.Contains("there is no folder", examined.Printed, StringComparison.Ordinal);
        Assert.StartsWith("lifeguard: Database: ", served.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_stays_empty()
    {
        await File.WriteAllBytesAsync(DatabaseFile, [], TestContext.Current.CancellationToken);

        var examined = await installation.Run("doctor");

        Assert.Equal(0, examined.ExitCode);
        Assert.Contains(
            "note     Database: It is empty; serve makes its tables.", examined.Printed,
            StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(DatabaseFile).Length);
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_is_told_and_left_as_it_is()
    {
        Assert.Equal(0, (await installation.Run("migrate")).ExitCode);
        var current = await installation.Run("doctor");
        await installation.Look("DELETE FROM migration WHERE id = (SELECT MAX(id) FROM migration)");
        var applied = await installation.Look("SELECT id FROM migration");

        var examined = await installation.Run("doctor");

        Assert.DoesNotContain("note", current.Printed, StringComparison.Ordinal);
        Assert.Equal(0, examined.ExitCode);
        Assert.Contains(
            "note     Database: It is of an earlier version; serve brings it up to date.", examined.Printed,
            StringComparison.Ordinal);
        Assert.Equal(applied, await installation.Look("SELECT id FROM migration"));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        Assert.Equal(0, (await installation.Run("migrate")).ExitCode);
        await installation.Look("INSERT INTO migration (id, applied_ms) VALUES ('9999_later', 1)");

        var examined = await installation.Run("doctor");

        Assert.Equal(1, examined.ExitCode);
        Assert.Contains("9999_later", examined.Printed, StringComparison.Ordinal);
    }
}
