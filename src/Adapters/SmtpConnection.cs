using System.Net;
using System.Net.Sockets;
using Lifeguard.Domain.Effects;
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

    // Over IPv6 and IPv4, by which the server can be reached.
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SmtpReplies replies;
    private readonly TimeSpan stepLimit;

    private CancellationTokenSource? handOverLimit;
    private bool isReached;
    private bool hasAnsweredSender;
    private bool keepsToAscii;

    private SmtpConnection(
        PrivateAuthorities authorities, TimeSpan stepLimit, SmtpReplies replies, EndOfMail end)
        : base(new SmtpWatch(replies, end))
    {
        (this.replies, this.stepLimit) = (replies, stepLimit);
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

    /// <summary>Has the server said more than it was asked for? What it says next would be taken for an
    /// answer to the next message, so that there must be none here.</summary>
    public bool HoldsMore => !replies.AreOne || socket.Available > 0;

    private IPAddress LocalAddress => ((IPEndPoint)socket.LocalEndPoint!).Address;

    /// <summary>Connects and signs in as <paramref name="options"/> say. Fails as the library does.</summary>
    /// <param name="hostName">What the system calls this host.</param>
    /// <param name="stepLimit">How long the server may take for an answer.</param>
    public static async Task<SmtpConnection> Open(
        SmtpOptions options, string hostName, PrivateAuthorities authorities, TimeSpan stepLimit,
        CancellationToken cancellation)
    {
        var connection = new SmtpConnection(authorities, stepLimit, new(), new());
        try
        {
            await connection.Reach(options, cancellation);
            connection.LocalDomain = SmtpGreeting.Of(options.LocalDomain, hostName, connection.LocalAddress);
            await connection.ConnectAsync(
                new ResumingOnPool(new NetworkStream(connection.socket, ownsSocket: true)),
                options.Host, options.Port, Protection(options.Security), cancellation);
            if (options.User is { Length: > 0 } user)
                await connection.AuthenticateAsync(user, options.Password ?? "", cancellation);
            return connection;
        }
        catch (Exception failure)
        {
            connection.Dispose();
            if (connection.Broken(failure) is { } broken) throw broken;
            throw;
        }
    }

    /// <summary>Returns if the server is there and has nothing else to say. Fails as the library
    /// does.</summary>
    public async Task Ask(CancellationToken cancellation)
    {
        await NoOpAsync(cancellation);
        if (HoldsMore) throw new SmtpProtocolException("The server has said more than it was asked for.");
    }

    /// <summary>Returns once the server has taken the message. Fails as the library does.</summary>
    /// <param name="limit">Ends <paramref name="cancellation"/> where it all takes too long; put off for the
    /// answer to the whole message.</param>
    /// <exception cref="DeliveryException">An address is not ASCII, and the server takes no such.</exception>
    public async Task HandOver(
        MimeMessage mail, CancellationTokenSource limit, CancellationToken cancellation)
    {
        handOverLimit = limit;
        var format = FormatOptions.Default.Clone();
        format.International = !MailComposer.IsAscii(mail);
        if (!Capabilities.HasFlag(SmtpCapabilities.UTF8)) MailComposer.MustBeAscii(mail);
        if (!format.International) KeepToAscii();
        try
        {
            await SendAsync(format, mail, cancellation);
        }
        catch (Exception failure) when (Broken(failure) is { } broken)
        {
            throw broken;
        }
        finally
        {
            handOverLimit = null;
        }

        Messages++;
        hasAnsweredSender = false;
    }

    /// <summary>False where the message needs what the connection has given up for an earlier one.</summary>
    public bool CanCarry(MimeMessage mail) => !keepsToAscii || MailComposer.IsAscii(mail);

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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) socket.Dispose();
    }

    /// <summary>The library would use SMTPUTF8 for domains, too, which can be encoded, and a server further
    /// on may lack it. It takes a capability off and never gives it back.</summary>
    private void KeepToAscii()
    {
        if (!Capabilities.HasFlag(SmtpCapabilities.UTF8)) return;
        Capabilities &= ~SmtpCapabilities.UTF8;
        keepsToAscii = true;
    }

    /// <summary>What ended the conversation, where it was neither a reply nor time; null where it was, or
    /// where there was no conversation yet.</summary>
    private SmtpBrokenException? Broken(Exception failure) =>
        isReached && failure is (IOException or SocketException or ProtocolException)
            ? new(replies.AreRubbish, failure)
            : null;

    private async Task Reach(SmtpOptions options, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(stepLimit);
        await socket.ConnectAsync(options.Host, options.Port, limit.Token);
        await ResumingOnPool.Hop();
        isReached = true;
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

/// <summary>The conversation with the mail server ended before its end.</summary>
/// <param name="isNonsense">The server said what is no reply.</param>
internal sealed class SmtpBrokenException(bool isNonsense, Exception cause) : IOException(
    isNonsense
        ? "What the mail server said is not SMTP."
        : "The connection was lost before the mail server had taken the message.",
    cause);
