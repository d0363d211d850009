namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>`lifeguard doctor` looks at the database and leaves it as it is.</summary>
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
