using System.Security.Cryptography.X509Certificates;
using Lifeguard.Adapters.Handlers;
using Lifeguard.Domain;
using Lifeguard.Domain.Risk;
using Lifeguard.Server.Settings;
using Lifeguard.Web.Pages.ManagedLogin;

namespace Lifeguard.Server;

/// <summary>What the server takes from files that settings name, before it makes or tells anything: a wrong
/// file is told at the start, and <c>doctor</c> tells it in the same words.</summary>
internal sealed record NamedFiles
{
    private NamedFiles()
    {
    }

    /// <summary>The server's own, with its chain; null without TLS.</summary>
    public required X509Certificate2Collection? Certificate { get; init; }

    /// <summary>The key that custom senders share; null where they share none.</summary>
    public required byte[]? SharedKey { get; init; }

    /// <summary>By the name that the settings map.</summary>
    public required IReadOnlyDictionary<string, HandlerFile> Handlers { get; init; }

    public required Locations Locations { get; init; }

    public required LocalizedTexts Texts { get; init; }

    public required PageCatalogue PageTexts { get; init; }

    /// <summary>Reads them all.</summary>
    /// <param name="findings">Takes a refusal for each that cannot be read; in its place stands what is in
    /// force without the setting.</param>
    public static NamedFiles Read(ServerSettings settings, ICollection<Finding> findings)
    {
        // Who needs these reads them again, but only when the server is running or just before.
        if (settings.Life is Life.Serve) Take(() => MasterKey.Load(settings));
        Take(() => Certificates.MailAuthorities(settings));
        return new()
        {
            Certificate = Take(() => Certificates.Own(settings)),
            SharedKey = Take(() => Transports.SharedKey(settings)),
            Handlers = Take(() => TriggerTransports.Handlers(settings))
                ?? new Dictionary<string, HandlerFile>(),
            Locations = Take(() => Transports.Locations(settings)) ?? Locations.Unknown,
            Texts = Take(() => Transports.Texts(settings)) ?? LocalizedTexts.None,
            PageTexts = Take(() => Transports.PageTexts(settings)) ?? PageCatalogue.Default,
        };

        T? Take<T>(Func<T?> read)
            where T : class
        {
            try
            {
                return read();
            }
            catch (SettingsException refused) when (refused.Finding is { } finding)
            {
                findings.Add(finding);
                return null;
            }
        }
    }

    /// <summary>Never prints its members, among them keys.</summary>
    public override string ToString() => nameof(NamedFiles);
}
