using System.Net.Sockets;
using Lifeguard.Domain.Effects;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Lifeguard.Adapters;

/// <summary>
/// E-mail over SMTP. One connection is kept for half a minute after use and used by one message at a time. A
/// 5xx answer to a message is final; everything else, a refused account too, may be tried again, because it
/// is the operator's to repair and not the message's fault.
/// </summary>
public sealed class SmtpEmailSender : IEmailSender, IAsyncDisposable
{
    private const int MaxMessagesPerConnection = 100;

    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WholeLimit = TimeSpan.FromSeconds(30);

    private readonly SmtpOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<SmtpEmailSender> log;
    private readonly PrivateAuthorities authorities;
    private readonly SemaphoreSlim turn = new(1);
    private readonly ITimer idle;
    private SmtpClient? client;
    private int messagesOnConnection;

    /// <summary>Reads the trusted certificates; connects at the first message.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file holds no certificates.
    /// </exception>
    public SmtpEmailSender(SmtpOptions options, TimeProvider clock, ILogger<SmtpEmailSender> log)
    {
        this.options = options;
        this.clock = clock;
        this.log = log;
        authorities = PrivateAuthorities.Load(options.TrustedCertificateFile);
        idle = clock.CreateTimer(_ => CloseIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public async Task Send(EmailMessage message, CancellationToken cancellation)
    {
        var mail = MailComposer.Compose(message, options.From, clock.GetUtcNow());
        using var limit = new CancellationTokenSource(WholeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await turn.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException(
                "The mail server did not take earlier messages in time.", permanent: false);
        }

        try
        {
            await HandOver(mail, either.Token);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Drop();
            throw Refusal(failure);
        }
        catch
        {
            Drop();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await idle.DisposeAsync();
        Drop();
        turn.Dispose();
    }

    private async Task HandOver(MimeMessage mail, CancellationToken cancellation)
    {
        var connection = await Connected(cancellation);
        var format = FormatOptions.Default.Clone();
        format.International = connection.Capabilities.HasFlag(SmtpCapabilities.UTF8)
            && mail.To.Mailboxes.Any(mailbox => mailbox.IsInternational);
        await connection.SendAsync(format, mail, cancellation);
        messagesOnConnection++;
        idle.Change(IdleLimit, Timeout.InfiniteTimeSpan);
    }

    private async Task<SmtpClient> Connected(CancellationToken cancellation)
    {
        if (client is not null && await IsStillThere(client, cancellation)) return client;
        Drop();
        var connection = new SmtpClient
        {
            Timeout = (int)StepLimit.TotalMilliseconds,
            // Revocation lists are often out of reach of mail servers' networks; .NET's own streams skip them
            // too.
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = authorities.Accepts,
        };
        client = connection;
        await connection.ConnectAsync(options.Host, options.Port, Protection(options.Security), cancellation);
        if (options.User is { Length: > 0 } user)
            await connection.AuthenticateAsync(user, options.Password ?? "", cancellation);
        return connection;
    }

    /// <summary>Servers hang up on idle clients; a question costs a round trip, a lost message costs
    /// more.</summary>
    private async Task<bool> IsStillThere(SmtpClient connection, CancellationToken cancellation)
    {
        if (!connection.IsConnected || messagesOnConnection >= MaxMessagesPerConnection) return false;
        try
        {
            await connection.NoOpAsync(cancellation);
            return true;
        }
        catch (Exception gone)
            when (gone is CommandException or ProtocolException or IOException or SocketException)
        {
            return false;
        }
    }

    private void CloseIdle()
    {
        if (!turn.Wait(0)) return;
        try
        {
            Drop();
        }
        finally
        {
            turn.Release();
        }
    }

    private void Drop()
    {
        client?.Dispose();
        client = null;
        messagesOnConnection = 0;
    }

    private DeliveryException Refusal(Exception failure)
    {
        var refusal = failure switch
        {
            // The server's text may repeat the address, so only its code goes on.
            SmtpCommandException { ErrorCode: not SmtpErrorCode.UnexpectedStatusCode } command => new(
                $"The mail server refused the {Part(command.ErrorCode)} ({(int)command.StatusCode}).",
                permanent: (int)command.StatusCode >= 500),
            CommandException => new("The mail server refused a command.", permanent: false),
            AuthenticationException => new("The mail server refused the account.", permanent: false),
            SslHandshakeException => new("No trusted TLS connection to the mail server.", permanent: false),
            NotSupportedException =>
                new("The mail server lacks what the settings ask for.", permanent: false),
            OperationCanceledException or TimeoutException =>
                new("The mail server did not answer in time.", permanent: false),
            _ => new DeliveryException("The mail server could not be reached.", permanent: false),
        };
        log.LogWarning("SMTP {Host}:{Port}: {Reason}", options.Host, options.Port, refusal.Message);
        return refusal;
    }

    private static string Part(SmtpErrorCode code) => code switch
    {
        SmtpErrorCode.RecipientNotAccepted => "recipient",
        SmtpErrorCode.SenderNotAccepted => "sender",
        _ => "message",
    };

    private static SecureSocketOptions Protection(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
