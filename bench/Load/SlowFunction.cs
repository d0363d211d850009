using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lifeguard.Load;

/// <summary>A Lambda function that takes its time, behind the Invoke API.</summary>
internal sealed class SlowFunction : IAsyncDisposable
{
    private readonly WebApplication app;
    private int current;

    private SlowFunction(int port, TimeSpan thought)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http1));
        app = builder.Build();
        app.Run(context => Answer(context, thought));
        Address = $"http://127.0.0.1:{port}";
    }

    public string Address { get; }

    /// <summary>The most events at a time so far.</summary>
    public int Most { get; private set; }

    public static async Task<SlowFunction> Start(TimeSpan thought)
    {
        var function = new SlowFunction(ChildProcess.FreePort(), thought);
        await function.app.StartAsync();
        return function;
    }

    /// <summary>Waits until nearly so many events are here at a time: some are always on their way.</summary>
    public async Task MustHold(int count)
    {
        while (Volatile.Read(ref current) < 0.9 * count) await Task.Delay(5);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Answer(HttpContext context, TimeSpan thought)
    {
        Most = Math.Max(Most, Interlocked.Increment(ref current));
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await Task.Delay(thought, context.RequestAborted);
        Interlocked.Decrement(ref current);
        await context.Response.WriteAsync("""{"response":{}}""", context.RequestAborted);
    }
}
