using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>The pages of a domain and the libraries that send people there; what is expected stands in the
/// scripts.</summary>
public sealed class LoginPageTests
{
    private static readonly KeyValuePair<string, string?> HasStyle = new("Pages:DefaultStyle", "true");

    [Fact]
    public async Task People_sign_in_without_scripts_and_an_OAuth_library_gets_their_tokens()
    {
        await using var program = await RunningLifeguard.Dev([HasStyle]);

        await Script.MustSucceed("login-journey.mjs", program.Address.AbsoluteUri);
    }

    [Fact]
    public async Task People_sign_in_without_scripts_and_an_OAuth_library_gets_their_tokens_on_PostgreSQL()
    {
        await using var database = await ScratchPostgres.Create(Available.Postgres);
        await using var program = await RunningLifeguard.Dev(
            [HasStyle], "--database", database.ConnectionString);

        await Script.MustSucceed("login-journey.mjs", program.Address.AbsoluteUri);
    }
}
