using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lifeguard.Web.Dev;

/// <summary>Maps what only programs and pages of this machine may reach.</summary>
internal sealed class LocalRoutes(IEndpointRouteBuilder routes)
{
    private readonly HashSet<string> paths = [];

    /// <summary>Leads requests of one method and path to a handler.</summary>
    public void Map<T>(string method, string path, Func<T, RequestDelegate> handle)
        where T : notnull
    {
        paths.Add(path);
        routes.MapMethods(path, [method], LocalPages.Only(routes.Handler(handle)));
    }

    /// <summary>Lets browsers ask whether a page on loopback may use what is mapped. The answer is given
    /// before a handler is reached.</summary>
    public void MapPreflights()
    {
        var answer = LocalPages.Only(static _ => Task.CompletedTask);
        foreach (var path in paths) routes.MapMethods(path, [HttpMethods.Options], answer);
    }
}
