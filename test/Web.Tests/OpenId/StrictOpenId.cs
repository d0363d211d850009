namespace Lifeguard.Web.Tests.OpenId;

/// <summary>A server that keeps to OpenID Connect to the letter, with a pool and two clients as the
/// conformance plans ask for them.</summary>
public sealed class StrictOpenId : IAsyncLifetime
{
    private readonly RunningServer server = new()
    {
        Settings = [("OAuth:Strict", "true"), ("Pages:DefaultStyle", "true")],
    };

    public OpenIdApp App { get; private set; } = null!;

    /// <summary>The second client of the plans.</summary>
    public OpenIdApp Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        App = await OpenIdApp.Create(server);
        Other = await App.Another();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>A server that does as the service does.</summary>
public sealed class CompatibleOpenId : IAsyncLifetime
{
    public RunningServer Server { get; } = new() { Settings = [("Pages:DefaultStyle", "true")] };

    public OpenIdApp App { get; private set; } = null!;

    /// <summary>A pool of some kind that several tests share.</summary>
    public Task<OpenIdApp>? Kept { get; set; }

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        App = await OpenIdApp.Create(Server);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
