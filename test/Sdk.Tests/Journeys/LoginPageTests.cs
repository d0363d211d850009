using System.Net;
using System.Net.Sockets;
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

    [Theory]
    [InlineData("accounts")]
    [InlineData("accounts-without-scripts")]
    [InlineData("factors")]
    [InlineData("factors-without-scripts")]
    [InlineData("choices")]
    [InlineData("choices-without-scripts")]
    [InlineData("passkeys")]
    [InlineData("sessions")]
    [InlineData("languages")]
    [InlineData("classic")]
    public async Task People_walk_through_the_pages_in_a_browser(string journey)
    {
        var chromium = Available.Chromium;
        await using var program = await RunningLifeguard.Dev([HasStyle]);

        await Script.MustLeadOn("pages/run.mjs", program.Address.AbsoluteUri, chromium, journey);
    }

    [Fact]
    public async Task The_library_of_OpenID_clients_signs_in_refreshes_revokes_and_signs_out_in_a_browser()
    {
        var chromium = Available.Chromium;
        await using var program = await RunningLifeguard.Dev([HasStyle]);

        await Script.MustLeadOn("oidc-browser.mjs", program.Address.AbsoluteUri, chromium);
    }

    [Fact]
    public async Task The_library_of_OpenID_clients_signs_out_by_the_standard_where_that_is_kept_to()
    {
        var chromium = Available.Chromium;
        await using var program = await RunningLifeguard.Dev([HasStyle, new("OAuth:Strict", "true")]);

        await Script.MustLeadOn("oidc-browser.mjs", program.Address.AbsoluteUri, chromium, "strict");
    }

    [Fact]
    public async Task Amplify_signs_in_by_redirect_behind_a_proxy_that_ends_TLS()
    {
        var chromium = Available.Chromium;
        var (own, secure) = ($"http://127.0.0.1:{FreePort()}", $"{FreePort()}");
        // What it says of its address is the proxy's.
        await using var program = ChildProcess.Start(
            LifeguardProgram.File,
            ["dev", "--listen", own, "--behind-proxy", "--public-url", $"https://localhost:{secure}"],
            Setting.AsVariables([HasStyle]));
        await program.Line(static line => line.StartsWith("API", StringComparison.Ordinal));

        await Script.MustLeadOn("amplify-browser.mjs", own, chromium, secure);
    }

    /// <summary>Both the program and the proxy have to know it before either is there.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
