using System.Net.Http.Headers;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Load;

/// <summary>A call ready to be sent: body and headers are made ahead, the signature among them.</summary>
internal sealed record PreparedCall(string Target, byte[] Body, IReadOnlyDictionary<string, string>? Signature);

/// <summary>What came back.</summary>
internal readonly record struct Reply(int Status, byte[] Body);

/// <summary>Sends prepared calls to one address.</summary>
internal sealed class Caller : IDisposable
{
    private const string Prefix = "AWSCognitoIdentityProviderService.";
    private static readonly MediaTypeHeaderValue AwsJson = new("application/x-amz-json-1.1");

    private readonly Uri address;
    private readonly SigV4Credentials? credentials;
    private readonly HttpMessageInvoker http;

    /// <param name="credentials">Null where nothing is signed.</param>
    public Caller(int port, int connections, SigV4Credentials? credentials)
    {
        address = new($"http://127.0.0.1:{port}/");
        this.credentials = credentials;
        // An invoker does without the buffering and cancellation that a client adds to each call.
        http = new(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>A call of an operation.</summary>
    public PreparedCall Prepare(string operation, byte[] body, bool isSigned)
    {
        var target = Prefix + operation;
        var signature = isSigned
            ? SigV4Signer.Sign(
                credentials!, "us-east-1", "cognito-idp", "POST", address,
                new Dictionary<string, string> { ["X-Amz-Target"] = target }, body, DateTimeOffset.UtcNow)
            : null;
        return new(target, body, signature);
    }

    /// <summary>Sends a call and reads the whole answer.</summary>
    public async Task<Reply> Send(PreparedCall call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.TryAddWithoutValidation("X-Amz-Target", call.Target);
        foreach (var (name, value) in call.Signature ?? EmptySignature)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Content = new ByteArrayContent(call.Body);
        request.Content.Headers.ContentType = AwsJson;
        using var response = await http.SendAsync(request, CancellationToken.None);
        return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    public void Dispose() => http.Dispose();

    private static readonly Dictionary<string, string> EmptySignature = [];
}
