using System.Net;
using System.Net.Sockets;
using Lifeguard.Domain.Effects;

namespace Lifeguard.Adapters;

/// <summary>
/// Outbound HTTP that cannot be turned against the inner network. For foreign addresses the name is resolved
/// once, every address is checked, and the connection is made to a checked address, so that a name cannot
/// change its meaning between check and use (DNS rebinding). Redirects are never followed.
/// </summary>
public sealed class GuardedHttp : IOutboundHttp, IDisposable
{
    /// <summary>Six MiB, what a Lambda function may return at most (doc: Lambda quotas).</summary>
    public const int MaxOperatorAnswerBytes = 6 * 1024 * 1024;

    /// <summary>One MiB, far above any key set or discovery document.</summary>
    public const int MaxForeignAnswerBytes = 1024 * 1024;

    private const int MaxHeaders = 100;
    private const int MaxHeadersKiB = 32;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WholeLimit = TimeSpan.FromSeconds(30);

    private readonly TimeProvider clock;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly Func<IPAddress, bool> isPublic;
    private readonly HttpMessageInvoker toOperator;
    private readonly HttpMessageInvoker toForeign;

    /// <summary>Ready to send; connections are opened when needed and kept for two minutes.</summary>
    public GuardedHttp(TimeProvider clock)
        : this(clock, Dns.GetHostAddressesAsync, PublicAddress.Includes) { }

    internal GuardedHttp(
        TimeProvider clock,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        Func<IPAddress, bool> isPublic)
    {
        this.clock = clock;
        this.resolve = resolve;
        this.isPublic = isPublic;
        var open = Handler();
        open.ConnectCallback = ConnectAsNamed;
        toOperator = new(open);
        var guarded = Handler();
        // A proxy would resolve the name again, on its own side of the check.
        guarded.UseProxy = false;
        guarded.ConnectCallback = ConnectChecked;
        toForeign = new(guarded);
    }

    /// <inheritdoc/>
    public async Task<OutboundAnswer> Send(OutboundRequest request, CancellationToken cancellation)
    {
        CheckAddress(request.Address);
        using var limit = new CancellationTokenSource(WholeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var message = Compose(request);
            var (client, maxBytes) = request.Trust is OutboundTrust.Operator
                ? (toOperator, MaxOperatorAnswerBytes)
                : (toForeign, MaxForeignAnswerBytes);
            using var answer = await client.SendAsync(message, either.Token);
            var headers = ReadHeaders(answer);
            var body = await ReadBody(answer.Content, maxBytes, either.Token);
            return new((int)answer.StatusCode, headers, body);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException("No whole answer came in time.", new TimeoutException());
        }
        catch (IOException broken)
        {
            throw new HttpRequestException("The connection broke before the answer was whole.", broken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        toOperator.Dispose();
        toForeign.Dispose();
    }

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // Whom we call need not learn the identifiers of our traces.
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = ConnectLimit,
        MaxResponseHeadersLength = MaxHeadersKiB,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    private static void CheckAddress(Uri address)
    {
        var isWeb = address.IsAbsoluteUri
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        if (!isWeb)
            throw new HttpRequestException("Only http and https addresses can be called.");
        if (address.UserInfo.Length > 0)
            throw new HttpRequestException("An address with a user or password in it is not called.");
    }

    private static HttpRequestMessage Compose(OutboundRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Address);
        if (!request.Body.IsEmpty) message.Content = new ReadOnlyMemoryContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            // Unvalidated, because signatures cover the values as given; hence the look for line breaks.
            var isTaken = !value.Any(char.IsControl)
                && (message.Headers.TryAddWithoutValidation(name, value)
                    || message.Content?.Headers.TryAddWithoutValidation(name, value) == true);
            if (!isTaken) throw new HttpRequestException($"The header {name} cannot be sent.");
        }

        return message;
    }

    private async ValueTask<Stream> ConnectChecked(
        SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        IPAddress[] found =
            IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellation);
        var allowed = Array.FindAll(found, address => isPublic(address));
        if (allowed.Length == 0) throw new HttpRequestException($"{host} is not on the public internet.");
        return await Connect(socket => socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation));
    }

    private static async ValueTask<Stream> ConnectAsNamed(
        SocketsHttpConnectionContext context, CancellationToken cancellation) =>
        await Connect(socket => socket.ConnectAsync(context.DnsEndPoint, cancellation));

    private static async ValueTask<Stream> Connect(Func<Socket, ValueTask> reach)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await reach(socket);
            await ResumingOnPool.Hop();
            return new ResumingOnPool(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Dictionary<string, string> ReadHeaders(HttpResponseMessage answer)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in answer.Headers.NonValidated) headers[name] = values.ToString();
        foreach (var (name, values) in answer.Content.Headers.NonValidated) headers[name] = values.ToString();
        return headers.Count <= MaxHeaders
            ? headers
            : throw TooLarge($"The answer has more than {MaxHeaders} headers.");
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBody(
        HttpContent content, int maxBytes, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > maxBytes) throw TooLarge($"The answer exceeds {maxBytes} bytes.");
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var body = new MemoryStream();
        var part = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(part, cancellation)) > 0)
        {
            if (body.Length + count > maxBytes) throw TooLarge($"The answer exceeds {maxBytes} bytes.");
            body.Write(part, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static HttpRequestException TooLarge(string reason) =>
        new(HttpRequestError.ConfigurationLimitExceeded, reason);
}
