using Lifeguard.Operations.Flows;
using Lifeguard.Operations.Imports;
using Lifeguard.Web.AwsJson;
using Lifeguard.Web.Confirmation;
using Lifeguard.Web.Dev;
using Lifeguard.Web.Discovery;
using Lifeguard.Web.Feedback;
using Lifeguard.Web.Health;
using Lifeguard.Web.Imports;
using Lifeguard.Web.Inbox;
using Lifeguard.Web.Login;
using Lifeguard.Web.OAuth;
using Lifeguard.Web.Pages;
using Lifeguard.Web.Pages.ManagedLogin;
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
        .AddSingleton<DomainRouter>()
        .AddSingleton<OAuthGate>()
        .AddSingleton<TokenEndpoint>()
        .AddSingleton<UserInfoEndpoint>()
        .AddSingleton<RevocationEndpoint>()
        .AddSingleton<RegistrationEndpoint>()
        .AddSingleton<DiscoveryEndpoint>()
        .AddSingleton<JwksEndpoint>()
        .AddSingleton<HealthEndpoints>()
        .AddSingleton<UploadEndpoint>()
        .AddSingleton<FeedbackEndpoint>()
        .AddSingleton<ConfirmationEndpoint>()
        .AddLogin();

    /// <summary>Lets paths stand for the hosts of domains. Comes before the routes.</summary>
    public static void UseLifeguardDomains(this IApplicationBuilder app) =>
        app.Use(next => context => DomainRouter.TakeOffPath(context, next));

    /// <summary>The API, the documents about pools, and the OAuth endpoints of their domains.</summary>
    public static void MapLifeguard(this IEndpointRouteBuilder routes)
    {
        var api = routes.Handler<AwsJsonEndpoint>(static api => api.Handle);
        routes.Map("/", api);
        routes.Map("/_region/{" + AwsJsonEndpoint.Region + "}", api);
        const string wellKnown = "/{" + PublicDocument.PoolId + "}/.well-known";
        routes.Read(
            $"{wellKnown}/openid-configuration",
            routes.Handler<DiscoveryEndpoint>(static document => document.Handle));
        routes.Read($"{wellKnown}/jwks.json", routes.Handler<JwksEndpoint>(static keys => keys.Handle));
        routes.Map(TokenEndpoint.Path, routes.Handler<TokenEndpoint>(static token => token.Handle));
        routes.Map(UserInfoEndpoint.Path, routes.Handler<UserInfoEndpoint>(static users => users.Handle));
        routes.Map(
            RevocationEndpoint.Path, routes.Handler<RevocationEndpoint>(static tokens => tokens.Handle));
        routes.Map(
            RegistrationEndpoint.Path, routes.Handler<RegistrationEndpoint>(static apps => apps.Handle));
        routes.Map(
            $"/{ImportLinks.Root}/{{{UploadEndpoint.Account}}}/{{{UploadEndpoint.PoolId}}}"
            + $"/{{{UploadEndpoint.JobId}}}",
            routes.Handler<UploadEndpoint>(static upload => upload.Handle));
        routes.Map(
            $"/{FeedbackTokens.Root}/{{{FeedbackEndpoint.PoolId}}}/{{{FeedbackEndpoint.Reply}}}",
            routes.Handler<FeedbackEndpoint>(static feedback => feedback.Handle));
        // Not for HEAD: a look at a link follows it not.
        routes.MapMethods(
            "/" + ConfirmationLinks.Path,
            [HttpMethods.Get],
            routes.Handler<ConfirmationEndpoint>(static links => links.Handle));
        routes.MapLogin();
        routes.Read(NoticePage.StylePath, NoticePage.Style);
        foreach (var file in PageFile.All) routes.Read(file.Path, file.Send);
        routes.Read("/health/live", HealthEndpoints.Live);
        routes.Read("/health/ready", routes.Handler<HealthEndpoints>(static health => health.Ready));
    }

    /// <summary>What browsers see where nothing leads. Comes after the routes.</summary>
    public static void UseLifeguardPages(this IApplicationBuilder app)
    {
        var page = new Lazy<UnknownPage>(app.ApplicationServices.GetRequiredService<UnknownPage>);
        app.Use(next => context => context.GetEndpoint() is null
            ? page.Value.Handle(context, next)
            : next(context));
    }

    /// <summary>What <see cref="MapLifeguardDev"/> needs, besides a <see cref="DevClock"/> and an
    /// <see cref="IInbox"/>.</summary>
    public static IServiceCollection AddLifeguardWebDev(this IServiceCollection services) => services
        .AddSingleton<InboxEndpoints>()
        .AddSingleton<InboxControl>()
        .AddSingleton<ClockControl>()
        .AddSingleton<CodesControl>()
        .AddSingleton<TriggersControl>()
        .AddSingleton<KmsEndpoint>()
        .AddSingleton<MessagesControl>()
        .AddSingleton<ResetControl>();

    /// <summary>What development answers in the place of the API: calls to KMS. Comes before the
    /// routes.</summary>
    public static void UseLifeguardDev(this IApplicationBuilder app)
    {
        var kms = new Lazy<RequestDelegate>(() => LocalPages.Only(
            app.ApplicationServices.GetRequiredService<KmsEndpoint>().Handle));
        app.Use(next => context => KmsEndpoint.IsMeant(context.Request) ? kms.Value(context) : next(context));
    }

    /// <summary>Inbox and test controls. Only for servers on loopback: they ask for no credentials.</summary>
    public static void MapLifeguardDev(this IEndpointRouteBuilder routes)
    {
        var local = new LocalRoutes(routes);
        local.Map<InboxEndpoints>(HttpMethods.Get, "/inbox", static pages => pages.List);
        local.Map<InboxEndpoints>(HttpMethods.Get, "/inbox/style.css", static _ => InboxEndpoints.Style);
        local.Map<InboxEndpoints>(HttpMethods.Get, "/inbox/{sequence}", static pages => pages.Message);
        local.Map<InboxEndpoints>(HttpMethods.Get, "/inbox/{sequence}/body", static pages => pages.Body);

        local.Map<InboxControl>(HttpMethods.Get, "/_lifeguard/inbox", static inbox => inbox.List);
        local.Map<InboxControl>(HttpMethods.Delete, "/_lifeguard/inbox", static inbox => inbox.Clear);
        local.Map<InboxControl>(HttpMethods.Get, "/_lifeguard/inbox/wait", static inbox => inbox.Wait);
        local.Map<InboxControl>(
            HttpMethods.Get, $"/_lifeguard/inbox/{{{InboxControl.Sequence}}}/raw", static inbox => inbox.Raw);
        local.Map<ClockControl>(HttpMethods.Get, "/_lifeguard/clock", static clock => clock.Read);
        local.Map<ClockControl>(HttpMethods.Put, "/_lifeguard/clock", static clock => clock.Change);
        local.Map<ClockControl>(HttpMethods.Post, "/_lifeguard/clock", static clock => clock.Change);
        local.Map<CodesControl>(HttpMethods.Put, "/_lifeguard/codes", static codes => codes.Change);
        local.Map<ResetControl>(HttpMethods.Post, "/_lifeguard/reset", static all => all.Reset);
        local.Map<TriggersControl>(HttpMethods.Get, "/_lifeguard/triggers", static log => log.List);
        local.Map<TriggersControl>(HttpMethods.Delete, "/_lifeguard/triggers", static log => log.Clear);
        local.Map<MessagesControl>(HttpMethods.Get, "/_lifeguard/messages", static all => all.List);
        local.Map<MessagesControl>(
            HttpMethods.Get, $"/_lifeguard/messages/{{{MessagesControl.Id}}}", static all => all.Show);
        local.MapPreflights();
    }

    internal static void Read(this IEndpointRouteBuilder routes, string path, RequestDelegate handle) =>
        routes.MapMethods(path, Reading, handle);

    /// <summary>The handler is made at its first request: the start need not wait for it, and the server's
    /// own address is known by then.</summary>
    internal static RequestDelegate Handler<T>(
        this IEndpointRouteBuilder routes, Func<T, RequestDelegate> handle)
        where T : notnull
    {
        var handler = new Lazy<RequestDelegate>(() => handle(routes.ServiceProvider.GetRequiredService<T>()));
        return context => handler.Value(context);
    }
}
