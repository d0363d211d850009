using Lifeguard.Server.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Lifeguard.Server;

/// <summary>The address by which clients reach this server, without a slash at the end: the setting
/// <c>PublicUrl</c>, or what it listens on. Known once it listens, since port 0 takes a free one.</summary>
internal sealed class OwnAddress(ServerSettings settings, IServer server)
{
    private readonly Lazy<string> listening = new(() => Find(settings, server));
    private readonly string? configured = settings.PublicUrl?.GetLeftPart(UriPartial.Authority);

    public string Value => configured ?? Listening;

    /// <summary>What it listens on, whether or not clients reach it there.</summary>
    public string Listening => listening.Value;

    private static string Find(ServerSettings settings, IServer server)
    {
        // Endpoints that are not on the network have no port and are passed over.
        var bound = (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            .Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null)
            .FirstOrDefault(address => address is { Port: > 0 } && address.Host != HandedOverName);
        var port = bound?.Port ?? settings.Listen.Port;
        if (port == 0) throw new InvalidOperationException("The port is known only once the server listens.");
        var own = new UriBuilder(settings.Listen.Scheme, settings.Listen.Host, port);
        return own.Uri.GetLeftPart(UriPartial.Authority);
    }

    private const string HandedOverName = "handed-over";
}
