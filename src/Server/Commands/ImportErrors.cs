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
        var rows = parts.GetRequiredService<ImportProgressStore>();
        write("line,outcome,reason");
        long last = 0;
        while (await rows.Rows(job, last, PageSize, cancellation) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                var reason = row.Reason.Replace("\"", "\"\"", StringComparison.Ordinal);
                write($"{row.Line},{row.Word},\"{reason}\"");
            }

            last = page[^1].Line;
        }
    }
}
