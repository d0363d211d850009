namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>Line drawings in the colour of the text around them. They only decorate: readers aloud pass over
/// them.</summary>
internal static class Icons
{
    public static readonly Html Alert = Drawn(
        """<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.5v.01"/>""");

    public static readonly Html Check = Drawn(
        """<circle cx="12" cy="12" r="9"/><path d="m8 12.5 2.75 2.75L16 9.5"/>""");

    public static readonly Html Cross = Drawn(
        """<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6m0-6-6 6"/>""");

    public static readonly Html Dot = Drawn("""<circle cx="12" cy="12" r="2.5" fill="currentColor"/>""");

    public static readonly Html Email = Drawn(
        """<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="m3.5 7.5 8.5 6 8.5-6"/>""");

    public static readonly Html Message = Drawn(
        """
        <path d="M20.5 11.5a8 8 0 0 1-8.5 7.5 9.6 9.6 0 0 1-3.3-.6L4 20l1.2-3.8a7 7 0 0 1-1.7-4.7A8 8 0 0 1 12
        4a8 8 0 0 1 8.5 7.5Z"/><path d="M8.25 11.5v.01M12 11.5v.01M15.75 11.5v.01"/>
        """);

    public static readonly Html Phone = Drawn(
        """<rect x="6.5" y="2.5" width="11" height="19" rx="2.5"/><path d="M11 18h2"/>""");

    public static readonly Html Lock = Drawn(
        """<rect x="4.5" y="10.5" width="15" height="10" rx="2.5"/><path d="M8 10V7a4 4 0 0 1 8 0v3"/>""");

    public static readonly Html Shield = Drawn(
        """
        <path d="M12 3 4.5 5.75V11c0 4.75 3.1 8.25 7.5 10 4.4-1.75 7.5-5.25 7.5-10V5.75L12 3Z"/>
        <path d="m8.75 12 2.25 2.25L15.25 10"/>
        """);

    public static readonly Html Passkey = Drawn(
        """
        <circle cx="9.5" cy="7.5" r="4"/><path d="M2.5 20c0-3.6 2.9-6 7-6 1.2 0 2.3.2 3.2.6"/>
        <circle cx="17.75" cy="13.25" r="2.75"/><path d="M17.75 16v5.5m0-2.5h2"/>
        """);

    public static readonly Html Person = Drawn(
        """<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-3.8 3.6-6 7.5-6s6.9 2.2 7.5 6"/>""");

    public static readonly Html Building = Drawn(
        """
        <path d="M5 21V5.5A2.5 2.5 0 0 1 7.5 3h5A2.5 2.5 0 0 1 15 5.5V21M15 10h2.5A1.5 1.5 0 0 1 19
        11.5V21M3 21h18"/><path d="M8.5 7.5h3M8.5 11.5h3M8.5 15.5h3"/>
        """);

    public static readonly Html Globe = Drawn(
        """
        <circle cx="12" cy="12" r="9"/>
        <path d="M3 12h18M12 3c2.5 2.6 3.75 5.6 3.75 9s-1.25 6.4-3.75 9c-2.5-2.6-3.75-5.6-3.75-9
        S9.5 5.6 12 3Z"/>
        """);

    /// <summary>That pressing leads on.</summary>
    public static readonly Html Onward = Drawn("""<path d="m9 5 7 7-7 7"/>""", "onward");

    /// <summary>That something folds out.</summary>
    public static readonly Html Turn = Drawn("""<path d="m6 9.5 6 6 6-6"/>""", "turn");

    private static Html Drawn(string markup, string name = "icon")
    {
        Html drawing =
            $"""
            <svg class="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
            """;
        drawing.AppendLiteral(
            """ stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">""");
        drawing.AppendLiteral(markup);
        drawing.AppendLiteral("</svg>");
        return drawing;
    }
}
