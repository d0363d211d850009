using System.Text;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>Log lines on standard output, for whatever collects it; the members
/// <c>destination</c> and <c>stream</c> tell them from the server's own log.</summary>
/// <param name="output">Standard output; it may be shared, since a batch is written in one piece.</param>
public sealed class StandardOutputLogSink(TextWriter output) : ILogSink
{
    /// <inheritdoc/>
    public async Task Write(LogBatch batch, CancellationToken cancellation)
    {
        var text = Encoding.UTF8.GetString(LogRecords.Of(batch).Span);
        try
        {
            // Whoever reads the output may be slow; that is not the caller's wait.
            await Task.Run(
                () =>
                {
                    output.Write(text);
                    output.Flush();
                },
                cancellation);
        }
        catch (IOException)
        {
            throw new DeliveryException("Standard output is closed.", permanent: true);
        }
    }
}
