using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Lifeguard.Web.Http2;

/// <summary>A connection that two endpoints know. The one that accepted it closes it, so disposing it here
/// only tells that the other has finished.</summary>
internal sealed class HandedOverConnection(ConnectionContext accepted) : ConnectionContext
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the connection has been served.</summary>
    public Task Over => over.Task;

    /// <inheritdoc/>
    public override string ConnectionId { get; set; } = accepted.ConnectionId;

    /// <summary>Reads fall back to those of the accepted connection; what is added stays here.</summary>
    public override IFeatureCollection Features { get; } = new FeatureCollection(accepted.Features);

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = accepted.Items;

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; } = accepted.Transport;

    /// <inheritdoc/>
    public override CancellationToken ConnectionClosed { get; set; } = accepted.ConnectionClosed;

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint { get; set; } = accepted.LocalEndPoint;

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get; set; } = accepted.RemoteEndPoint;

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => accepted.Abort(abortReason);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        over.TrySetResult();
        return base.DisposeAsync();
    }
}
