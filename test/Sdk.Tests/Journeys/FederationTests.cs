using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>An identity provider that others wrote; what is expected stands in the script.</summary>
public sealed class FederationTests
{
    [Fact]
    public async Task People_sign_in_through_another_provider_whatever_it_signs_with()
    {
        await using var program = await RunningLifeguard.Dev([]);

        await Script.MustSucceed("federation-journey.mjs", program.Address.AbsoluteUri);
    }

    /// <summary>The provider and the app stay at real time.</summary>
    [Fact]
    public async Task They_do_so_when_the_clock_has_been_moved()
    {
        await using var program = await RunningLifeguard.Dev([]);
        using var client = new HttpClient { BaseAddress = program.Address };
        using var days = new StringContent("""{"advance":"P2D"}""");
        using var moved = await client.PostAsync(
            "_lifeguard/clock", days, TestContext.Current.CancellationToken);
        moved.EnsureSuccessStatusCode();

        await Script.MustSucceed("federation-journey.mjs", program.Address.AbsoluteUri);
    }
}
