using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Lifeguard.Web.Http2;

/// <summary>A listener whose connections come from another endpoint of the same server instead of from the
/// network.</summary>
internal sealed class HandedOverListener
    : IConnectionListener, IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly Channel<ConnectionContext> waiting = Channel.CreateUnbounded<ConnectionContext>();

    /// <inheritdoc/>
    public EndPoint EndPoint => HandedOver.Instance;

    /// <summary>Has the connection served here; ends when it is over.</summary>
    public async Task Serve(ConnectionContext connection)
    {
        var handed = new HandedOverConnection(connection);
        // Refused only when the server is about to stop.
        if (waiting.Writer.TryWrite(handed)) await handed.Over;
    }

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is HandedOver;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(this);

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await waiting.Reader.WaitToReadAsync(cancellationToken))
        {
            if (waiting.Reader.TryRead(out var connection)) return connection;
        }

        return null;
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        waiting.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        while (waiting.Reader.TryRead(out var connection)) await connection.DisposeAsync();
    }
}

/// <summary>The address of a <see cref="HandedOverListener"/>.</summary>
internal sealed class HandedOver : EndPoint
{
    public static readonly HandedOver Instance = new();

    public override string ToString() => "handed-over";
}
