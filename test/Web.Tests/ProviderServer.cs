using Lifeguard.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Web.Tests;

/// <summary>An identity provider at an address of its own.</summary>
internal sealed class ProviderServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ProviderServer(WebApplication app, TestIdentityProvider provider) =>
        (this.app, Provider) = (app, provider);

    public TestIdentityProvider Provider { get; }

    public static async Task<ProviderServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        TestIdentityProvider? provider = null;
        app.Run(context => Answer(context, provider!));
        await app.StartAsync(TestContext.Current.CancellationToken);
        provider = new(app.Urls.Single()) { Now = () => DateTimeOffset.UtcNow.ToUnixTimeSeconds() };
        return new(app, provider);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Provider.Dispose();
    }

    private static async Task Answer(HttpContext context, TestIdentityProvider provider)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var answer = provider.Answer(
            request.Method,
            new($"{provider.Issuer}{request.Path}{request.QueryString}"),
            request.Headers.Authorization.Count > 0 ? request.Headers.Authorization.ToString() : null,
            await reader.ReadToEndAsync(context.RequestAborted));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }
}
