using System.Runtime.CompilerServices;
using Lifeguard.Domain.Imports;
using Lifeguard.Storage;

namespace Lifeguard.Server.Commands;

/// <summary>The rows of an import that did not become users, as CSV (RFC 4180).</summary>
internal sealed class ImportErrors(IServiceProvider parts)
{
    private const int PageSize = 500;

    /// <summary>Writes line after line.</summary>
    public async Task Write(ImportJob job, Action<string> write, CancellationToken cancellation)
    {
        write("line,outcome,reason");
        await foreach (var row in Of(job, cancellation)) write(Cells(row));
    }

    /// <summary>What became of them, in the order of the file.</summary>
    public async IAsyncEnumerable<RowOutcome> Of(
        ImportJob job, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = parts.GetRequiredService<ImportProgressStore>();
        long last = 0;
        while (await rows.Rows(job, last, PageSize, cancellation) is { Count: > 0 } page)
        {
            foreach (var row in page) yield return row;
            last = page[^1].Line;
        }
    }

    /// <summary>Line, outcome and reason.</summary>
    public static string Cells(RowOutcome row) =>
        $"{row.Line},{row.Word},\"{row.Reason.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
