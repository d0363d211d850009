using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>The libraries that most applications use; what is expected stands in the scripts.</summary>
public sealed class JavaScriptTests
{
    [Fact]
    public async Task The_SDK_leads_from_an_empty_server_to_a_user_who_signs_in()
    {
        await using var program = await RunningLifeguard.Dev([]);

        await Script.MustSucceed("sdk-journey.mjs", program.Address.AbsoluteUri);
    }

    [Fact]
    public async Task The_browsers_library_leads_a_user_from_the_first_password_to_a_forgotten_one()
    {
        await using var program = await RunningLifeguard.Dev([]);

        await Script.MustSucceed("srp-journey.mjs", program.Address.AbsoluteUri);
    }

    [Fact]
    public async Task The_browsers_library_sets_second_factors_up_and_signs_in_with_them()
    {
        await using var program = await RunningLifeguard.Dev([]);

        await Script.MustSucceed("mfa-journey.mjs", program.Address.AbsoluteUri);
    }

    [Fact]
    public async Task The_SDK_registers_a_passkey_and_signs_in_by_choice()
    {
        await using var program = await RunningLifeguard.Dev([]);

        await Script.MustSucceed("passkey-journey.mjs", program.Address.AbsoluteUri);
    }

    [Fact]
    public async Task A_browser_registers_a_passkey_and_signs_in_with_it()
    {
        var chromium = Available.Chromium;
        await using var program = await RunningLifeguard.Dev([]);

        await Script.MustSucceed("passkey-browser.mjs", program.Address.AbsoluteUri, chromium);
    }

    [Fact]
    public async Task The_verifier_of_tokens_believes_them_and_the_SDK_rotates_and_revokes_them()
    {
        await using var program = await RunningLifeguard.Dev([]);

        await Script.MustSucceed("token-journey.mjs", program.Address.AbsoluteUri);
    }
}
