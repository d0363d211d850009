using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lifeguard.Load;

/// <summary>Kestrel and nothing else: reads a body and answers with as many bytes as the call asks for.</summary>
internal static class EchoServer
{
    /// <summary>The command line that makes this program the echo.</summary>
    public const string Verb = "echo";

    /// <summary>The header that says how long the answer shall be.</summary>
    public const string LengthHeader = "X-Amz-Target";

    private const int MostBytes = 1024 * 1024;
    private static readonly byte[] Content = new byte[MostBytes];

    /// <summary>Listens until the process is ended.</summary>
    public static async Task<int> Run(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        await using var app = builder.Build();
        app.Run(Answer);
        await app.RunAsync();
        return 0;
    }

    private static async Task Answer(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        var length = Math.Min(MostBytes, int.Parse(context.Request.Headers[LengthHeader].ToString()));
        context.Response.ContentType = "application/x-amz-json-1.1";
        context.Response.ContentLength = length;
        await context.Response.Body.WriteAsync(Content.AsMemory(0, length), context.RequestAborted);
    }
}
