using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lifeguard.Load;

/// <summary>The function behind the three triggers of custom sign-ins: always another challenge, and no
/// answer is right.</summary>
internal sealed class ChallengeFunction : IAsyncDisposable
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:challenge";
    private readonly WebApplication app;

    private ChallengeFunction(WebApplication app, string address) => (this.app, Address) = (app, address);

    /// <summary>Of Lambda's Invoke API.</summary>
    public string Address { get; }

    /// <summary>What a pool names to have its custom sign-ins go by it.</summary>
    public static JsonObject Triggers => new()
    {
        ["DefineAuthChallenge"] = Arn,
        ["CreateAuthChallenge"] = Arn,
        ["VerifyAuthChallengeResponse"] = Arn,
    };

    /// <summary>Listens until it is disposed of.</summary>
    public static async Task<ChallengeFunction> Run()
    {
        var port = ChildProcess.FreePort();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        app.Run(Answer);
        await app.StartAsync();
        return new(app, $"http://127.0.0.1:{port}");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task Answer(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var answer = new JsonObject { ["response"] = Response(body!["triggerSource"]!.GetValue<string>()) };
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private static JsonObject Response(string source) => source switch
    {
        "DefineAuthChallenge_Authentication" => new()
        {
            ["challengeName"] = "CUSTOM_CHALLENGE",
            ["issueTokens"] = false,
            ["failAuthentication"] = false,
        },
        "CreateAuthChallenge_Authentication" => new()
        {
            ["publicChallengeParameters"] = new JsonObject { ["question"] = "2 + 2" },
            ["privateChallengeParameters"] = new JsonObject { ["answer"] = "4" },
            ["challengeMetadata"] = "SUM",
        },
        _ => new() { ["answerCorrect"] = false },
    };
}
