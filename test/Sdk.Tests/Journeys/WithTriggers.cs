using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>The program with functions behind Lambda's API and one, <c>elsewhere</c>, behind a
/// webhook.</summary>
public sealed class WithTriggers(LambdaEndpoint lambda) : IAsyncLifetime
{
    private RunningLifeguard? program;
    private WebhookSink? webhook;

    public RunningLifeguard Program => program!;

    internal WebhookSink Webhook => webhook!;

    public async ValueTask InitializeAsync()
    {
        webhook = await WebhookSink.Start("""{"response":{"autoConfirmUser":true}}""");
        program = await RunningLifeguard.Dev(
        [
            await lambda.Setting(),
            new("Triggers:Map:elsewhere", webhook.Url),
            new("Triggers:Webhook:Secret", WebhookSink.Secret),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        if (program is not null) await program.DisposeAsync();
        if (webhook is not null) await webhook.DisposeAsync();
    }
}
