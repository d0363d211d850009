using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>A server with triggers that confirm whoever registers as one of <see cref="Welcome"/>, and let
/// nobody sign in.</summary>
public sealed class Doorkeeper : IAsyncLifetime
{
    /// <summary>What names begin with of people who need no code.</summary>
    public const string Welcome = "welcome-";

    /// <summary>What pages show of the trigger's refusal.</summary>
    public const string Refusal = "Not today.";

    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:doorkeeper";

    private WebApplication triggers = null!;
    private RunningServer server = null!;

    /// <summary>A pool with these triggers whose people confirm their addresses.</summary>
    public Task<OpenIdApp> Guarded(int version = 2) => OpenIdApp.Create(
        server,
        version: version,
        pool: new()
        {
            ["AutoVerifiedAttributes"] = new JsonArray("email"),
            ["LambdaConfig"] = new JsonObject
            {
                ["PreAuthentication"] = Function,
                ["PreSignUp"] = Function,
            },
        });

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        triggers = builder.Build();
        triggers.Run(Answer);
        await triggers.StartAsync();
        server = new()
        {
            Settings = [("Pages:DefaultStyle", "true"), ($"Triggers:Map:{Function}", triggers.Urls.Single())],
        };
        await server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await triggers.StopAsync();
        await triggers.DisposeAsync();
    }

    private static async Task Answer(HttpContext context)
    {
        var asked = (await JsonNode.ParseAsync(context.Request.Body))!;
        var source = asked["triggerSource"]!.GetValue<string>();
        context.Response.ContentType = "application/json";
        if (source.StartsWith("PreAuthentication", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("""{"errorMessage":"Not today"}""");
            return;
        }

        var name = asked["userName"]!.GetValue<string>();
        if (source == "PreSignUp_SignUp" && name.StartsWith(Welcome, StringComparison.Ordinal))
            asked["response"]!["autoConfirmUser"] = true;
        await context.Response.WriteAsync(asked.ToJsonString());
    }
}
