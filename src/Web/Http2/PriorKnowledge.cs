using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Lifeguard.Web.Http2;

/// <summary>
/// HTTP/2 without TLS beside HTTP/1.1 on one port (RFC 9113 §3.3). Kestrel itself tells the two apart by ALPN
/// only, and so takes everything for HTTP/1.1 where there is no TLS. Here the first bytes decide: connections
/// that begin with the HTTP/2 preface are handed to <paramref name="http2"/>, a second endpoint that knows
/// HTTP/2 alone.
/// </summary>
internal sealed class PriorKnowledge(HandedOverListener http2, TimeProvider clock)
{
    private static readonly TimeSpan FirstBytesLimit = TimeSpan.FromSeconds(30);

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>A step of the connection of the HTTP/1.1 endpoint.</summary>
    public ConnectionDelegate Before(ConnectionDelegate http1) => async connection =>
    {
        switch (await Look(connection))
        {
            case First.Preface:
                await http2.Serve(connection);
                break;
            case First.Other:
                await http1(connection);
                break;
            case First.Nothing:
                break;
            default:
                throw new InvalidOperationException("A new kind of beginning is not handled.");
        }
    };

    /// <summary>Looks at the first bytes and leaves them where they are.</summary>
    private async Task<First> Look(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?
            .ConnectionClosedRequested;
        using var limit = new CancellationTokenSource(FirstBytesLimit, clock);
        // Whoever says nothing must hold neither the connection nor the stop of the server.
        await using var late = limit.Token.UnsafeRegister(Cancel, input);
        await using var stop = (closing ?? CancellationToken.None).UnsafeRegister(Cancel, input);
        while (true)
        {
            var read = await input.ReadAsync();
            var first = Judge(read);
            input.AdvanceTo(read.Buffer.Start, first is null ? read.Buffer.End : read.Buffer.Start);
            if (first is { } decided) return decided;
        }
    }

    private static void Cancel(object? input) => ((PipeReader)input!).CancelPendingRead();

    /// <summary>Null while too little has come to tell.</summary>
    private static First? Judge(ReadResult read)
    {
        if (read.IsCanceled) return First.Nothing;
        Span<byte> start = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(read.Buffer.Length, Preface.Length);
        read.Buffer.Slice(0, length).CopyTo(start);
        if (length == 0) return read.IsCompleted ? First.Nothing : null;
        if (!Preface.StartsWith(start[..length])) return First.Other;
        if (length == Preface.Length) return First.Preface;
        return read.IsCompleted ? First.Other : null;
    }

    private enum First
    {
        Nothing,
        Preface,
        Other,
    }
}
