using MailKit;

namespace Lifeguard.Adapters;

/// <summary>Lets both hear a conversation with a mail server.</summary>
internal sealed class SmtpWatch(SmtpReplies replies, EndOfMail end) : IProtocolLogger
{
    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <inheritdoc/>
    public void LogConnect(Uri uri)
    {
        // Where it leads is of no interest here.
    }

    /// <inheritdoc/>
    public void LogClient(byte[] buffer, int offset, int count)
    {
        replies.Ask();
        end.Send(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public void LogServer(byte[] buffer, int offset, int count)
    {
        replies.Hear(buffer.AsSpan(offset, count));
        end.Hear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }
}
