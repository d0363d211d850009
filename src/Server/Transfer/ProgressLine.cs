namespace Lifeguard.Server.Transfer;

/// <summary>Shows how far a long command has come: one line that is written over on a terminal, and now and
/// then a plain line elsewhere.</summary>
internal sealed class ProgressLine(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);

    private readonly TimeSpan pause = Terminal.IsRewritable ? OnTerminal : Elsewhere;
    private long shownAt = clock.GetTimestamp();
    private int width;

    /// <summary>Shows it, unless something was shown a moment ago.</summary>
    public void Show(string text)
    {
        if (clock.GetElapsedTime(shownAt) < pause) return;
        shownAt = clock.GetTimestamp();
        if (!Terminal.IsRewritable)
        {
            Terminal.Complain(text);
            return;
        }

        Terminal.Rewrite(text.PadRight(width));
        width = text.Length;
    }

    /// <summary>Clears the line for what comes next.</summary>
    public void End()
    {
        if (width > 0) Terminal.Rewrite(new string(' ', width) + "\r");
        width = 0;
    }

    /// <summary>Clears the line, for what went wrong as well.</summary>
    public void Dispose() => End();
}
