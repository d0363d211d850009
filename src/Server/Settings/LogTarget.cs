namespace Lifeguard.Server.Settings;

/// <summary>Where log lines go, as a setting says it: <c>none</c>, <c>stdout</c>, <c>file:PATH</c>, or an
/// http or https address.</summary>
public abstract record LogTarget
{
    private const string FilePrefix = "file:";

    private LogTarget()
    {
    }

    /// <summary>They are dropped.</summary>
    public sealed record Nowhere : LogTarget;

    /// <summary>Standard output.</summary>
    public sealed record StandardOutput : LogTarget;

    /// <summary>The end of a file.</summary>
    public sealed record File(string Path) : LogTarget;

    /// <summary>An HTTP endpoint.</summary>
    public sealed record Endpoint(Uri Address) : LogTarget
    {
        /// <summary>Never prints the query, which may hold a key.</summary>
        public override string ToString() => nameof(Endpoint);
    }

    /// <summary>The target; null where <paramref name="text"/> is none.</summary>
    public static LogTarget? Parse(string text)
    {
        if (text == "none") return new Nowhere();
        if (text == "stdout") return new StandardOutput();
        if (text.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            var path = text[FilePrefix.Length..];
            return path.Length > 0 && SettingKind.File.Accepts(path) ? new File(path) : null;
        }

        return SettingKind.Address.Accepts(text) ? new Endpoint(new(text)) : null;
    }
}
