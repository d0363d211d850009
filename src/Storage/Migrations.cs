using System.Data.Common;

namespace Lifeguard.Storage;

/// <summary>
/// Brings the tables up to date: numbered scripts, one text for both databases, forward only. Each runs in
/// one transaction with the row that records it, and that row's key lets only one of several nodes run it.
/// </summary>
internal sealed class Migrations(Database database)
{
    private const string CreateTable =
        "CREATE TABLE IF NOT EXISTS migration (id $text NOT NULL PRIMARY KEY, applied_ms $bigint NOT NULL)";

    private const string Claim =
        "INSERT INTO migration (id, applied_ms) VALUES (@id, @now) ON CONFLICT (id) DO NOTHING";

    public async Task Run(CancellationToken cancellation)
    {
        await CreateOwnTable(cancellation);
        var scripts = Scripts();
        var applied = await Applied(scripts, cancellation);
        foreach (var (id, script) in scripts)
            if (!applied.Contains(id)) await Apply(id, script, cancellation);
    }

    /// <summary>What <see cref="Run"/> would find.</summary>
    public async Task<SchemaState> Look(CancellationToken cancellation)
    {
        var scripts = Scripts();
        try
        {
            var applied = await Applied(scripts, cancellation);
            return applied.Count == 0 ? SchemaState.Empty
                : applied.Count < scripts.Count ? SchemaState.Older
                : SchemaState.Current;
        }
        catch (DbException error) when (database.Dialect.IsMissingTable(error))
        {
            return SchemaState.Empty;
        }
    }

    private async Task<IReadOnlyList<string>> Applied(
        SortedDictionary<string, string> scripts, CancellationToken cancellation)
    {
        var applied = await database.Sql("SELECT id FROM migration ORDER BY id")
            .All(row => row.Text(0), cancellation);
        return applied.FirstOrDefault(id => !scripts.ContainsKey(id)) is { } unknown
            ? throw new NewerSchemaException(unknown)
            : applied;
    }

    private async Task CreateOwnTable(CancellationToken cancellation)
    {
        var sql = database.Dialect.ColumnTypes(CreateTable);
        try
        {
            await database.Write(transaction => transaction.Sql(sql).Execute(cancellation), cancellation);
        }
        catch (DbException)
        {
            // PostgreSQL lets two nodes collide here in spite of IF NOT EXISTS; the other one has made it.
            await database.Sql("SELECT COUNT(*) FROM migration").Number(cancellation);
        }
    }

    private Task Apply(string id, string script, CancellationToken cancellation) => database.Write(
        async transaction =>
        {
            var claimed = await transaction.Sql(Claim)
                .With("id", id)
                .With("now", database.Clock.GetUtcNow())
                .Execute(cancellation);
            if (claimed == 0) return;
            await transaction.Sql(database.Dialect.ColumnTypes(script)).Execute(cancellation);
        },
        cancellation);

    private static SortedDictionary<string, string> Scripts()
    {
        var assembly = typeof(Migrations).Assembly;
        var scripts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.EndsWith(".sql", StringComparison.Ordinal)) continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            scripts.Add(name[..^4], reader.ReadToEnd());
        }

        return scripts;
    }
}
