using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Protocol.SigV4;
using Lifeguard.Sdk.Tests.Parts;
using Lifeguard.Sdk.Tests.Serve;

namespace Lifeguard.Sdk.Tests.Walk;

/// <summary>What the walk of test/parts/walk needs beside the program that it leads through.</summary>
public sealed class Grounds : IAsyncDisposable
{
    /// <summary>How the last line of the script begins.</summary>
    private const string Summary = "{\"counts\"";

    private readonly Served served = new();
    private readonly Lazy<Task> started;
    private ChildProcess? outside;
    private RunningLifeguard? limited;
    private string outsideAddress = "";
    private SigV4Credentials? forbidden;

    // A test, not its fixture, can say that something is missing here.
    public Grounds() => started = new(Start);

    public async ValueTask DisposeAsync()
    {
        await served.DisposeAsync();
        if (limited is not null) await limited.DisposeAsync();
        if (outside is not null) await outside.DisposeAsync();
    }

    /// <summary>Leads through `lifeguard dev`, in memory unless the arguments say otherwise.</summary>
    internal async Task<Walked> Lead(params string[] arguments)
    {
        await started.Value;
        await using var program = await RunningLifeguard.Dev(
            [
                new("Triggers:Lambda:Endpoint", outsideAddress),
                new("Sms:Webhook:Url", $"{outsideAddress}/sms"),
            ],
            arguments);
        var operations = await Operations();
        var configuration = JsonSerializer.Serialize(new
        {
            address = program.Address,
            limited = limited!.Address,
            forbidden = new
            {
                address = served.Program.Address,
                accessKeyId = forbidden!.AccessKeyId,
                secretAccessKey = forbidden.SecretAccessKey,
            },
            operations = operations.Select(facts => new
            {
                name = facts.Name,
                authority = facts.Authority.ToString(),
                errors = facts.Errors,
            }),
        });
        await using var walk = Script.Start("walk/run.mjs", [configuration]);
        // Each step has a line, and so the time that a line may take.
        string line;
        do line = await walk.Line(static _ => true);
        while (!line.StartsWith(Summary, StringComparison.Ordinal));
        return new(walk.Printed, Json.Parse(line), operations);
    }

    private async Task Start()
    {
        outside = Script.Start("walk/outside.mjs", ["0"]);
        outsideAddress = Json.Parse(await outside.Line(static line => line.StartsWith('{'))).Text("address");
        limited = await RunningLifeguard.Dev(OneRequestASecond());
        await served.InitializeAsync();
        forbidden = await served.NewKeyFor("cognito-idp:Nothing", "*");
    }

    private static IEnumerable<KeyValuePair<string, string?>> OneRequestASecond() =>
        OperationFactsTable.All.Values
            .Select(facts => facts.RateCategory)
            .Distinct()
            .Select(category => KeyValuePair.Create($"Limits:RequestsPerSecond:{category}", (string?)"1"));

    private static async Task<IReadOnlyList<OperationFacts>> Operations()
    {
        var listed = await Finished.Run(LifeguardProgram.File, ["operations", "--json"]);
        return
        [
            .. Json.Parse(listed.Printed).EnumerateArray()
                .Select(operation => OperationFactsTable.All[operation.Text("operation")]),
        ];
    }
}
