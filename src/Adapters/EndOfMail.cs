using MailKit;

namespace Lifeguard.Adapters;

/// <summary>Watches a conversation with a mail server for the moment at which a message is with the server
/// and only its answer is missing. Keeps nothing of what is said.</summary>
internal sealed class EndOfMail : IProtocolLogger
{
    /// <summary>RFC 5321 §4.1.1.4: the end of mail data. Within a message it cannot occur (§4.5.2).</summary>
    private static readonly byte[] Mark = "\r\n.\r\n"u8.ToArray();

    private int matched;
    private bool awaitsAnswer;

    /// <summary>A whole message has left.</summary>
    public event Action? Sent;

    /// <summary>The server has begun to answer to it.</summary>
    public event Action? Answered;

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <inheritdoc/>
    public void LogConnect(Uri uri)
    {
        // A connection has no messages yet.
    }

    /// <inheritdoc/>
    public void LogClient(byte[] buffer, int offset, int count)
    {
        foreach (var next in buffer.AsSpan(offset, count))
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

    /// <inheritdoc/>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (!awaitsAnswer) return;
        awaitsAnswer = false;
        Answered?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // There is nothing to let go of.
    }
}
