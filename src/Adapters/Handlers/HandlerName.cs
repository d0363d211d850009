namespace Lifeguard.Adapters.Handlers;

/// <summary>
/// A handler as a setting names it: its file, with <c>#EXPORT</c> behind it where it is not the customary
/// one, or the form of Lambda's <c>Handler</c> setting, <c>FILE.EXPORT</c>. Nothing has been looked for yet.
/// </summary>
/// <param name="Path">With an extension, or without one in Lambda's form.</param>
/// <param name="Export">Null for the language's customary name.</param>
public sealed record HandlerName(string Path, string? Export)
{
    /// <summary>The name; null where <paramref name="text"/> is none.</summary>
    public static HandlerName? Parse(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal) || text.Any(char.IsControl)) return null;
        var mark = text.IndexOf('#', StringComparison.Ordinal);
        var (path, export) = mark < 0 ? (text, null) : (text[..mark], text[(mark + 1)..]);
        if (HandlerLanguage.OfFile(path) is not null)
            return export is null || IsExport(export) ? new(path, export) : null;
        return export is null ? InLambdasForm(text) : null;
    }

    private static HandlerName? InLambdasForm(string text)
    {
        // The module ends at the first dot of the last segment; what follows may be nested.
        var segment = text.LastIndexOf('/') + 1;
        var dot = text.IndexOf('.', segment);
        return dot > segment && !text.Any(char.IsWhiteSpace) && IsExport(text[(dot + 1)..])
            ? new(text[..dot], text[(dot + 1)..])
            : null;
    }

    private static bool IsExport(string text) => text.Length is > 0 and <= 128
        && text.Split('.').All(part => part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(IsWord));

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$';
}
