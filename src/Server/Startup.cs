using Lifeguard.Server.Settings;
using Lifeguard.Web;

namespace Lifeguard.Server;

/// <summary>How the program was started: settings, and what no setting says.</summary>
/// <param name="IsStrict"><c>dev</c> only: signatures that are malformed are refused.</param>
/// <param name="MasterKey">32 bytes.</param>
internal sealed record Startup(ServerSettings Settings, bool IsStrict, byte[] MasterKey)
{
    public bool IsDev => Settings.Life is Life.Dev;

    public WebRules WebRules => new(Settings.Limits.BodyBytes, Settings.BehindProxy);

    /// <summary>Never prints the key.</summary>
    public override string ToString() => nameof(Startup);
}
