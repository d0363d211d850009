using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Lifeguard.Adapters;

/// <summary>One connection to the mail server, signed in. Used by one message at a time.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    /// <summary>RFC 5321 §4.5.3.2.6: who does not wait so long for the answer to a whole message sends it
    /// again while the server delivers it.</summary>
    private static readonly TimeSpan LastAnswerLimit = TimeSpan.FromMinutes(10);

    private readonly TimeSpan stepLimit;
    private CancellationTokenSource? handOverLimit;
    private bool hasAnsweredSender;

    private SmtpConnection(PrivateAuthorities authorities, TimeSpan stepLimit, EndOfMail end)
        : base(end)
    {
        this.stepLimit = stepLimit;
        end.Sent += () => Bound(LastAnswerLimit);
        end.Answered += () => Bound(stepLimit);
        Timeout = (int)stepLimit.TotalMilliseconds;
        // Revocation lists are often out of reach of mail servers' networks; .NET's own streams skip them
        // too.
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = authorities.Accepts;
    }

    /// <summary>How many messages the server has taken here.</summary>
    public int Messages { get; private set; }

    /// <summary>Since when no message has used it, as a timestamp of the clock.</summary>
    public long IdleSince { get; set; }

    /// <summary>Connects and signs in as <paramref name="options"/> say. Fails as the library does.</summary>
    /// <param name="stepLimit">How long the server may take for an answer.</param>
    public static async Task<SmtpConnection> Open(
        SmtpOptions options, PrivateAuthorities authorities, TimeSpan stepLimit,
        CancellationToken cancellation)
    {
        var connection = new SmtpConnection(authorities, stepLimit, new());
        try
        {
            await connection.ConnectAsync(
                options.Host, options.Port, Protection(options.Security), cancellation);
            if (options.User is { Length: > 0 } user)
                await connection.AuthenticateAsync(user, options.Password ?? "", cancellation);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Returns once the server has taken the message. Fails as the library does.</summary>
    /// <param name="limit">Ends <paramref name="cancellation"/> where it all takes too long; put off for the
    /// answer to the whole message.</param>
    public async Task HandOver(
        MimeMessage mail, CancellationTokenSource limit, CancellationToken cancellation)
    {
        handOverLimit = limit;
        var format = FormatOptions.Default.Clone();
        format.International = Capabilities.HasFlag(SmtpCapabilities.UTF8)
            && mail.To.Mailboxes.Any(mailbox => mailbox.IsInternational);
        try
        {
            await SendAsync(format, mail, cancellation);
        }
        finally
        {
            handOverLimit = null;
        }

        Messages++;
        hasAnsweredSender = false;
    }

    /// <summary>True when the connection ended before the server had answered MAIL FROM. The server then
    /// knows nothing of the message, so that it can go another way without being sent twice.</summary>
    public bool EndedBeforeMessage(Exception failure) => !hasAnsweredSender
        && failure is (IOException or SocketException or ProtocolException or CommandException
            or ServiceNotConnectedException or TimeoutException or OperationCanceledException);

    /// <inheritdoc/>
    protected override void OnSenderAccepted(
        MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => hasAnsweredSender = true;

    /// <inheritdoc/>
    protected override void OnSenderNotAccepted(
        MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        // RFC 5321 §3.8: 421 ends the connection, to whichever command it is the reply.
        hasAnsweredSender = response.StatusCode != SmtpStatusCode.ServiceNotAvailable;
        base.OnSenderNotAccepted(message, mailbox, response);
    }

    private void Bound(TimeSpan span)
    {
        Timeout = (int)span.TotalMilliseconds;
        handOverLimit?.CancelAfter(span);
    }

    private static SecureSocketOptions Protection(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
