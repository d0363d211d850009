using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lifeguard.Load;

/// <summary>
/// People who sign up, one after the other at each of many places, and the function behind Lambda's Invoke
/// API that all of them wait for. A process of its own, so that the one that measures is as quiet as ever.
/// </summary>
internal sealed class Crowd
{
    /// <summary>The command line that makes this program the crowd.</summary>
    public const string Verb = "crowd";

    /// <summary>How long the function takes.</summary>
    private static readonly TimeSpan Thought = TimeSpan.FromSeconds(2);

    private Task all = Task.CompletedTask;
    private volatile bool isGoing;
    private int present;
    private int most;
    private int done;
    private int failures;
    private string? failure;

    /// <summary>Listens until the process is ended.</summary>
    public static async Task<int> Run(int port)
    {
        var crowd = new Crowd();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http1));
        await using var app = builder.Build();
        app.Run(crowd.Answer);
        await app.RunAsync();
        return 0;
    }

    private Task Answer(HttpContext context) => context.Request.Path.Value switch
    {
        "/come" => Come(context.Request.Query),
        "/go" => Go(context.Response),
        "/burst" => Burst(context.Request.Query),
        _ => Think(context),
    };

    /// <summary>They do not come all at once, nor are they done all at once. Answered when nearly all are in
    /// the function: some are always on their way.</summary>
    private async Task Come(IQueryCollection query)
    {
        var places = int.Parse(query["places"].ToString());
        isGoing = false;
        all = SignUpAll(int.Parse(query["server"].ToString()), query["client"].ToString(), places);
        while (Volatile.Read(ref present) < 0.9 * places) await Task.Delay(5);
    }

    private async Task SignUpAll(int server, string clientId, int places)
    {
        using var caller = new Caller(server, places, credentials: null);
        await Task.WhenAll(Enumerable.Range(0, places).Select(async place =>
        {
            await Task.Delay(Thought * place / places);
            while (!isGoing) await SignUp(caller, clientId);
        }));
    }

    private async Task Go(HttpResponse response)
    {
        isGoing = true;
        await all;
        await response.WriteAsync(new JsonObject
        {
            ["done"] = done,
            ["most"] = most,
            ["failures"] = failures,
            ["failure"] = failure,
        }.ToJsonString());
    }

    /// <summary>All at once and each of them once. Answered when the last one is done.</summary>
    private async Task Burst(IQueryCollection query)
    {
        var places = int.Parse(query["places"].ToString());
        using var caller = new Caller(int.Parse(query["server"].ToString()), places, credentials: null);
        var client = query["client"].ToString();
        await Task.WhenAll(Enumerable.Range(0, places).Select(_ => SignUp(caller, client)));
    }

    private async Task Think(HttpContext context)
    {
        most = Math.Max(most, Interlocked.Increment(ref present));
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        await Task.Delay(Thought, context.RequestAborted);
        Interlocked.Decrement(ref present);
        await context.Response.WriteAsync("""{"response":{}}""", context.RequestAborted);
    }

    private async Task SignUp(Caller caller, string clientId)
    {
        var body = new JsonObject
        {
            ["ClientId"] = clientId,
            ["Username"] = $"new{Interlocked.Increment(ref done)}",
            ["Password"] = Stage.Password,
        };
        var reply = await caller.Send(caller.Prepare(
            "SignUp", Encoding.UTF8.GetBytes(body.ToJsonString()), isSigned: false));
        if (reply.Status == 200) return;
        Interlocked.Increment(ref failures);
        failure ??= Encoding.UTF8.GetString(reply.Body);
    }
}
