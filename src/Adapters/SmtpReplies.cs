namespace Lifeguard.Adapters;

/// <summary>
/// Watches what the mail server says. Replies carry nothing by which they belong to a command but their order
/// (RFC 5321 §2.4), so one too many would be taken for the next message's.
/// </summary>
internal sealed class SmtpReplies
{
    private int complete;
    private int column;
    private int code;
    private int codeBefore;
    private bool goesOn;

    /// <summary>Has the server said what is no reply (RFC 5321 §4.2)?</summary>
    public bool AreRubbish { get; private set; }

    /// <summary>Has the server said exactly one reply since it was last spoken to?</summary>
    public bool AreOne => complete == 1 && column == 0 && !goesOn;

    /// <summary>The client speaks: what it hears from now on is the answer.</summary>
    public void Ask() => complete = 0;

    /// <summary>Takes note of what the server says.</summary>
    public void Hear(ReadOnlySpan<byte> bytes)
    {
        foreach (var next in bytes) Hear((char)next);
    }

    private void Hear(char next)
    {
        if (next == '\n') EndLine();
        else if (next == '\r') return;
        else if (column < 3 && !char.IsAsciiDigit(next)) AreRubbish = true;
        else if (column < 3) code = (code * 10) + (next - '0');
        else if (column == 3) ReadMark(next);
        if (next != '\n' && column < 4) column++;
    }

    private void ReadMark(char mark)
    {
        if (mark is not (' ' or '-')) AreRubbish = true;
        goesOn = mark == '-';
    }

    private void EndLine()
    {
        // The lines of one reply bear one code (RFC 5321 §4.2.1).
        if (column < 3 || (codeBefore != 0 && codeBefore != code)) AreRubbish = true;
        if (column == 3) goesOn = false;
        codeBefore = goesOn ? code : 0;
        if (!goesOn) complete++;
        column = code = 0;
    }
}
