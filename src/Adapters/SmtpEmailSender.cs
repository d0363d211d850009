using System.Net;
using Lifeguard.Domain.Effects;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Lifeguard.Adapters;

/// <summary>
/// E-mail over SMTP, over up to four connections, each used by one message at a time and kept for half a
/// minute after use. A 5xx answer that speaks of a message or its recipient is final; everything else, a
/// refused account or sender too, may be tried again, because it is the operator's to repair and not the
/// message's fault.
/// </summary>
public sealed class SmtpEmailSender : IEmailSender, IAsyncDisposable
{
    /// <summary>A message takes four round trips: at 100 ms each, four connections carry ten messages a
    /// second. More would gain little, and mail servers count the connections of one client (Postfix allows
    /// 50), which several nodes may share.</summary>
    internal const int MaxConnections = 4;

    private const string Closing = "The sender is closing.";

    private static readonly TimeSpan WholeLimit = TimeSpan.FromSeconds(30);

    /// <summary>A connection used this recently is taken to be alive without asking; where it is not, the
    /// message goes over a fresh one.</summary>
    private static readonly TimeSpan TrustedIdleTime = TimeSpan.FromSeconds(5);

    private readonly SmtpOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<SmtpEmailSender> log;
    private readonly PrivateAuthorities authorities;
    private readonly SemaphoreSlim turns = new(MaxConnections);
    private readonly CancellationTokenSource closing = new();
    private readonly IdleConnections idle;
    private int closed;

    /// <summary>Reads the trusted certificates; connects at the first message.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file holds no certificates.
    /// </exception>
    public SmtpEmailSender(SmtpOptions options, TimeProvider clock, ILogger<SmtpEmailSender> log)
    {
        this.options = options;
        this.clock = clock;
        this.log = log;
        authorities = PrivateAuthorities.Load(options.TrustedCertificateFile);
        idle = new(clock);
    }

    /// <summary>A step of the conversation may take this long.</summary>
    internal TimeSpan StepLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What the system calls this host.</summary>
    internal string HostName { get; init; } = Dns.GetHostName();

    /// <inheritdoc/>
    public async Task Send(EmailMessage message, CancellationToken cancellation)
    {
        var mail = MailComposer.Compose(message, options.From, message.CreatedAt ?? clock.GetUtcNow());
        using var limit = new CancellationTokenSource(WholeLimit, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation, limit.Token, closing.Token);
        try
        {
            await turns.WaitAsync(any.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException(
                closing.IsCancellationRequested
                    ? Closing : "The mail server did not take earlier messages in time.",
                permanent: false);
        }

        try
        {
            await HandOver(mail, limit, any.Token);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            throw Refusal(failure);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>Gives up the messages that are under way, and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) == 1) return;
        await closing.CancelAsync();
        // Each turn that comes back is a message that has let go of its connection.
        for (var turn = 0; turn < MaxConnections; turn++) await turns.WaitAsync();
        await idle.DisposeAsync();
        turns.Dispose();
        closing.Dispose();
    }

    private async Task HandOver(
        MimeMessage mail, CancellationTokenSource limit, CancellationToken cancellation)
    {
        if (idle.Take() is { } kept && await TookOver(kept, mail, limit, cancellation)) return;
        var fresh = await SmtpConnection.Open(options, HostName, authorities, StepLimit, cancellation);
        await HandOver(mail, fresh, limit, cancellation);
    }

    /// <summary>False when the server had hung up meanwhile, or spoken unasked, or the connection is none for
    /// such a message: it is not to blame, and another connection may carry it.</summary>
    private async Task<bool> TookOver(
        SmtpConnection kept, MimeMessage mail, CancellationTokenSource limit, CancellationToken cancellation)
    {
        if (!kept.CanCarry(mail))
        {
            kept.Dispose();
            return false;
        }

        if (kept.HoldsMore)
        {
            // Usually a farewell, which the others have got too.
            kept.Dispose();
            idle.Clear();
            return false;
        }

        try
        {
            await HandOver(mail, kept, limit, cancellation);
            return true;
        }
        catch (Exception failure)
            when (!cancellation.IsCancellationRequested && kept.EndedBeforeMessage(failure))
        {
            // The others have been idle for longer: what ended this one has ended them too.
            idle.Clear();
            return false;
        }
    }

    private async Task HandOver(
        MimeMessage mail, SmtpConnection connection, CancellationTokenSource limit,
        CancellationToken cancellation)
    {
        try
        {
            if (connection.Messages > 0 && clock.GetElapsedTime(connection.IdleSince) > TrustedIdleTime)
                await connection.Ask(cancellation);
            await connection.HandOver(mail, limit, cancellation);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        if (connection.HoldsMore) connection.Dispose();
        else idle.Put(connection);
    }

    private DeliveryException Refusal(Exception failure)
    {
        var refusal = failure switch
        {
            DeliveryException own => own,
            SmtpCommandException { ErrorCode: not SmtpErrorCode.UnexpectedStatusCode } reply =>
                RefusalBy(reply),
            ServiceNotAuthenticatedException =>
                new("The mail server asks for a sign-in (530).", permanent: false),
            SmtpBrokenException broken => new(broken.Message, permanent: false),
            CommandException => new("The mail server refused a command.", permanent: false),
            AuthenticationException => new("The mail server refused the account.", permanent: false),
            SslHandshakeException => new("No trusted TLS connection to the mail server.", permanent: false),
            NotSupportedException =>
                new("The mail server lacks what the settings ask for.", permanent: false),
            OperationCanceledException when closing.IsCancellationRequested =>
                new(Closing, permanent: false),
            OperationCanceledException or TimeoutException =>
                new("The mail server did not answer in time.", permanent: false),
            _ => new DeliveryException("The mail server could not be reached.", permanent: false),
        };
        log.LogWarning("SMTP {Host}:{Port}: {Reason}", options.Host, options.Port, refusal.Message);
        return refusal;
    }

    /// <summary>The server's text may repeat the address, so only its code goes on.</summary>
    private static DeliveryException RefusalBy(SmtpCommandException reply)
    {
        var (part, isFinal) = SmtpRefusal.Of(reply);
        return new($"The mail server refused the {part} ({(int)reply.StatusCode}).", permanent: isFinal);
    }
}
