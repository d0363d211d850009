using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>A library for OAuth and OpenID Connect; what is expected stands in the script.</summary>
public sealed class OAuthClientTests
{
    private const string Opens =
        """
        {"response":{"claimsAndScopeOverrideDetails":{"accessTokenGeneration":
         {"scopesToAdd":["openid","email"]}}}}
        """;

    [Fact]
    public async Task Discovers_the_endpoints_and_gets_refreshes_reads_and_revokes_by_tokens()
    {
        await using var function = await WebhookSink.Start(Opens);
        await using var program = await RunningLifeguard.Dev(
        [
            new("Triggers:Map:opens", function.Url), new("Triggers:Webhook:Secret", WebhookSink.Secret),
        ]);

        await Script.MustSucceed("oauth-journey.mjs", program.Address.AbsoluteUri);
    }
}
