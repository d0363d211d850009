using System.Data.Common;
using System.Net;
using Lifeguard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lifeguard.Web.Tests;

/// <summary>Whether the server may be sent calls, where its disk is full.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lifeguard-");
    private readonly RunningServer server;

    public HealthTests() => server = new()
    {
        Settings = [("Database", $"sqlite:{Path.Combine(folder.FullName, "lifeguard.db")}")],
    };

    private Database Database => server.Parts.GetRequiredService<Database>();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Is_not_ready_from_a_refused_write_on_until_one_succeeds()
    {
        // Not below what there is.
        await Bound(pages: 1);
        var unknowing = await Ready();
        await Assert.ThrowsAnyAsync<DbException>(Fill);

        var full = await Ready();
        await Bound(pages: 1_000_000);
        var roomy = await Ready();

        Assert.Equal((HttpStatusCode.OK, """{"status":"ready"}"""), unknowing);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"status":"database cannot be written"}"""), full);
        Assert.Equal((HttpStatusCode.OK, """{"status":"ready"}"""), roomy);
    }

    private async Task<(HttpStatusCode Status, string Body)> Ready()
    {
        var answer = await server.Get("/health/ready");
        return (answer.Status, answer.Body);
    }

    private Task<long?> Bound(int pages) => Database.Write(
        transaction => transaction.Sql($"PRAGMA max_page_count = {pages}").Number(CancellationToken.None),
        CancellationToken.None);

    private async Task Fill()
    {
        for (var number = 0; number < 1000; number++)
        {
            var id = $"{number:D2000}";
            await Database.Write(
                transaction => transaction
                    .Sql("INSERT INTO spent (pool_id, id, expires_ms) VALUES ('p', @id, 0)")
                    .With("id", id)
                    .Execute(CancellationToken.None),
                CancellationToken.None);
        }
    }
}
