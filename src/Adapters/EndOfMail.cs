namespace Lifeguard.Adapters;

/// <summary>Watches a conversation with a mail server for the moment at which a message is with the server
/// and only its answer is missing. Keeps nothing of what is said.</summary>
internal sealed class EndOfMail
{
    /// <summary>RFC 5321 §4.1.1.4: the end of mail data. Within a message it cannot occur (§4.5.2).</summary>
    private static readonly byte[] Mark = "\r\n.\r\n"u8.ToArray();

    private int matched;
    private bool awaitsAnswer;

    /// <summary>A whole message has left.</summary>
    public event Action? Sent;

    /// <summary>The server has begun to answer to it.</summary>
    public event Action? Answered;

    /// <summary>Takes note of what the client sends.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        foreach (var next in bytes)
        {
            // A mark that breaks off begins again at nothing but its own first byte.
            if (next != Mark[matched]) matched = 0;
            if (next == Mark[matched]) matched++;
            if (matched < Mark.Length) continue;
            matched = 0;
            awaitsAnswer = true;
        }

        if (awaitsAnswer) Sent?.Invoke();
    }

    /// <summary>The server answers.</summary>
    public void Hear()
    {
        if (!awaitsAnswer) return;
        awaitsAnswer = false;
        Answered?.Invoke();
    }
}
