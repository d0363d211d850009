using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Adapters.Tests;

/// <summary>A web server on loopback that records what it is sent and answers what it is told.</summary>
internal sealed class HttpStub : IAsyncDisposable
{
    private readonly WebApplication app;

    private HttpStub(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            lock (Requests) Requests.Add(new(context.Request.Method, target, headers, body));
            await answer(context);
        });
    }

    public List<Recorded> Requests { get; } = [];

    public Uri Address => new(app.Urls.Single());

    public static async Task<HttpStub> Start(RequestDelegate answer)
    {
        var stub = new HttpStub(answer);
        await stub.app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public static Task<HttpStub> Start(
        int status, string body, params (string Name, string Value)[] headers) =>
        Start(context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers) context.Response.Headers[name] = value;
            return context.Response.WriteAsync(body);
        });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal sealed record Recorded(
        string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
}
