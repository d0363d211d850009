namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>The functions of test/parts/lambda behind Lambda's Invoke API, started once for all tests when
/// the first asks for them.</summary>
public sealed class LambdaEndpoint : IAsyncDisposable
{
    private readonly Lazy<Task<(ChildProcess Process, string Address)>> started = new(Start);

    /// <summary>The ARN by which a pool names one of the functions.</summary>
    public static string Arn(string function) => $"arn:aws:lambda:us-east-1:000000000000:function:{function}";

    /// <summary>What the program needs to invoke them.</summary>
    public async Task<KeyValuePair<string, string?>> Setting() =>
        new("Triggers:Lambda:Endpoint", (await started.Value).Address);

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated && started.Value.IsCompletedSuccessfully)
            await (await started.Value).Process.DisposeAsync();
    }

    private static async Task<(ChildProcess, string)> Start()
    {
        var process = Script.Start("lambda/start-lambda.mjs", ["0"]);
        var ready = await process.Line(static line => line.StartsWith('{'));
        return (process, Json.Parse(ready).Text("endpoint"));
    }
}
