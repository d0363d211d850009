using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>Sends the lines of each destination to the sink that the settings name for it.</summary>
/// <param name="sinks">By ARN, or by the name in it: of the log group, the delivery stream or the bucket. A
/// name that ends in <c>*</c> stands for all that begin so. Null drops the lines.</param>
/// <param name="others">For every destination without an entry; null drops the lines.</param>
public sealed class MappedLogSink(IReadOnlyDictionary<string, ILogSink?> sinks, ILogSink? others) : ILogSink
{
    private readonly (string Start, ILogSink? Sink)[] families =
    [
        .. sinks.Where(entry => entry.Key.EndsWith('*'))
            .Select(entry => (entry.Key[..^1], entry.Value))
            .OrderByDescending(family => family.Item1.Length),
    ];

    /// <inheritdoc/>
    public Task Write(LogBatch batch, CancellationToken cancellation) =>
        Find(batch.Destination)?.Write(batch, cancellation) ?? Task.CompletedTask;

    private ILogSink? Find(string destination)
    {
        var name = NameIn(destination);
        if (sinks.TryGetValue(destination, out var exact) || sinks.TryGetValue(name, out exact)) return exact;
        foreach (var (start, sink) in families)
        {
            if (name.StartsWith(start, StringComparison.Ordinal)
                || destination.StartsWith(start, StringComparison.Ordinal))
            {
                return sink;
            }
        }

        return others;
    }

    /// <summary>The name of the log group, stream or bucket; what is no ARN is a name itself.</summary>
    private static string NameIn(string destination)
    {
        if (destination.Split(':', 6) is not ["arn", _, _, _, _, var resource]) return destination;
        foreach (var kind in (ReadOnlySpan<string>)["log-group:", "deliverystream/"])
        {
            if (resource.StartsWith(kind, StringComparison.Ordinal)) return resource[kind.Length..];
        }

        return resource;
    }
}
