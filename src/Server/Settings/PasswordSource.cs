namespace Lifeguard.Server.Settings;

/// <summary>Where passwords that are in circulation are kept, as a setting says it: <c>file:PATH</c>, or an
/// http or https address.</summary>
public abstract record PasswordSource
{
    private const string FilePrefix = "file:";

    private PasswordSource()
    {
    }

    /// <summary>A folder with a file for each beginning of a hash, or one file with all hashes in
    /// order.</summary>
    public sealed record Files(string Path) : PasswordSource;

    /// <summary>A range API.</summary>
    public sealed record Endpoint(Uri Address) : PasswordSource
    {
        /// <summary>Never prints the query, which may hold a key.</summary>
        public override string ToString() => nameof(Endpoint);
    }

    /// <summary>The source; null where <paramref name="text"/> is none.</summary>
    public static PasswordSource? Parse(string text)
    {
        if (!text.StartsWith(FilePrefix, StringComparison.Ordinal))
            return SettingKind.Address.Accepts(text) ? new Endpoint(new(text)) : null;
        var path = text[FilePrefix.Length..];
        return path.Length > 0 && SettingKind.File.Accepts(path) ? new Files(path) : null;
    }
}
