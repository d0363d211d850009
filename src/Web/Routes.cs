using Lifeguard.Web.AwsJson;
using Lifeguard.Web.Dev;
using Lifeguard.Web.Discovery;
using Lifeguard.Web.Health;
using Lifeguard.Web.Inbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lifeguard.Web;

/// <summary>Which address leads where.</summary>
public static class Routes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>What <see cref="MapLifeguard"/> needs.</summary>
    public static IServiceCollection AddLifeguardWeb(this IServiceCollection services) => services
        .AddSingleton<AwsJsonEndpoint>()
        .AddSingleton<DiscoveryEndpoint>()
        .AddSingleton<JwksEndpoint>()
        .AddSingleton<HealthEndpoints>();

    /// <summary>The API and the documents about pools.</summary>
    public static void MapLifeguard(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        routes.Map("/", services.GetRequiredService<AwsJsonEndpoint>().Handle);
        const string wellKnown = "/{" + PublicDocument.PoolId + "}/.well-known";
        routes.Read(
            $"{wellKnown}/openid-configuration", services.GetRequiredService<DiscoveryEndpoint>().Handle);
        routes.Read($"{wellKnown}/jwks.json", services.GetRequiredService<JwksEndpoint>().Handle);
        routes.Read("/health/live", HealthEndpoints.Live);
        routes.Read("/health/ready", services.GetRequiredService<HealthEndpoints>().Ready);
    }

    /// <summary>What <see cref="MapLifeguardDev"/> needs, besides a <see cref="DevClock"/> and an
    /// <see cref="IInbox"/>.</summary>
    public static IServiceCollection AddLifeguardWebDev(this IServiceCollection services) => services
        .AddSingleton<InboxEndpoints>()
        .AddSingleton<InboxControl>()
        .AddSingleton<ClockControl>()
        .AddSingleton<CodesControl>()
        .AddSingleton<TriggersControl>()
        .AddSingleton<ResetControl>();

    /// <summary>Inbox and test controls. Only for servers on loopback: they ask for no credentials.</summary>
    public static void MapLifeguardDev(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var pages = services.GetRequiredService<InboxEndpoints>();
        routes.Local("/inbox", HttpMethods.Get, pages.List);
        routes.Local("/inbox/style.css", HttpMethods.Get, InboxEndpoints.Style);
        routes.Local("/inbox/{sequence}", HttpMethods.Get, pages.Message);
        routes.Local("/inbox/{sequence}/body", HttpMethods.Get, pages.Body);

        var inbox = services.GetRequiredService<InboxControl>();
        routes.Local("/_lifeguard/inbox", HttpMethods.Get, inbox.List);
        routes.Local("/_lifeguard/inbox", HttpMethods.Delete, inbox.Clear);
        routes.Local("/_lifeguard/inbox/wait", HttpMethods.Get, inbox.Wait);

        var clock = services.GetRequiredService<ClockControl>();
        routes.Local("/_lifeguard/clock", HttpMethods.Get, clock.Read);
        routes.Local("/_lifeguard/clock", HttpMethods.Put, clock.Change);
        routes.Local("/_lifeguard/clock", HttpMethods.Post, clock.Change);
        routes.Local("/_lifeguard/codes", HttpMethods.Put, services.GetRequiredService<CodesControl>().Change);
        routes.Local("/_lifeguard/reset", HttpMethods.Post, services.GetRequiredService<ResetControl>().Reset);

        var triggers = services.GetRequiredService<TriggersControl>();
        routes.Local("/_lifeguard/triggers", HttpMethods.Get, triggers.List);
        routes.Local("/_lifeguard/triggers", HttpMethods.Delete, triggers.Clear);
        routes.Local("/_lifeguard/{**rest}", HttpMethods.Options, static _ => Task.CompletedTask);
    }

    private static void Read(this IEndpointRouteBuilder routes, string path, RequestDelegate handle) =>
        routes.MapMethods(path, Reading, handle);

    private static void Local(
        this IEndpointRouteBuilder routes, string path, string method, RequestDelegate handle) =>
        routes.MapMethods(path, [method], LocalPages.Only(handle));
}
