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
}
