using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>Remembered devices and sign-ins that functions define, in the two libraries that browsers use;
/// what is expected stands in the scripts.</summary>
public sealed class DeviceTests(LambdaEndpoint lambda)
{
    [Fact]
    public async Task The_browsers_library_remembers_a_device_and_drops_it_once_it_is_forgotten()
    {
        await using var program = await RunningLifeguard.Dev([]);

        await Script.MustSucceed("device-journey.mjs", program.Address.AbsoluteUri);
    }

    [Fact]
    public async Task The_browsers_library_answers_what_functions_ask()
    {
        await using var program = await RunningLifeguard.Dev([await lambda.Setting()]);

        await Script.MustSucceed("custom-journey.mjs", program.Address.AbsoluteUri);
    }

    [Fact]
    public async Task Amplify_leads_users_through_accounts_second_factors_devices_and_custom_sign_ins()
    {
        await using var program = await RunningLifeguard.Dev([await lambda.Setting()]);

        await Script.MustSucceed("amplify-journey.mjs", program.Address.AbsoluteUri);
    }
}
