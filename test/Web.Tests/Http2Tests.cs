using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lifeguard.Web.Tests;

public sealed class Http2Tests(RunningServer server) : IClassFixture<RunningServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Speaks_HTTP_2_without_TLS_to_those_who_begin_with_it()
    {
        var version = HttpVersion.Version20;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Post(version, "{}")));
        Assert.All(answers, answer => Assert.Equal((version, HttpStatusCode.BadRequest), answer));
    }

    [Fact]
    public async Task Speaks_HTTP_1_1_on_the_same_port() => Assert.Equal(
        (HttpVersion.Version11, HttpStatusCode.BadRequest), await Post(HttpVersion.Version11, "{}"));

    [Fact]
    public async Task Bounds_bodies_over_HTTP_2_as_well() => Assert.Equal(
        (HttpVersion.Version20, HttpStatusCode.RequestEntityTooLarge),
        await Post(HttpVersion.Version20, new string(' ', 65_537)));

    [Fact]
    public async Task Recognises_HTTP_1_1_that_begins_like_the_preface_and_comes_bit_by_bit()
    {
        using var socket = await Connect();
        string[] parts = ["P", "R", "I /health/live HTTP/1.1\r\nHost: x\r\n", "Connection: close\r\n\r\n"];
        foreach (var part in parts) await socket.SendAsync(Encoding.ASCII.GetBytes(part), Stop);

        // PRI is a method like any other to HTTP/1.1, only nothing answers it.
        Assert.StartsWith("HTTP/1.1 405", await ReadAll(socket));
    }

    [Fact]
    public async Task Waits_for_the_whole_preface()
    {
        using var socket = await Connect();
        await socket.SendAsync("PRI * HTTP/2.0\r\n"u8.ToArray(), Stop);
        await socket.SendAsync("\r\nSM\r\n\r\n"u8.ToArray(), Stop);
        // An empty SETTINGS frame, to which the server answers with its own and an acknowledgement.
        await socket.SendAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, Stop);
        var start = new byte[9];
        await ReadExactly(socket, start);
        Assert.Equal(4, start[3]);
    }

    [Fact]
    public async Task Stops_at_once_although_a_connection_says_nothing()
    {
        var own = new RunningServer();
        await own.InitializeAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, own.Address.Port, Stop);
        await own.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(8), Stop);
        Assert.True(await IsClosed(socket));
    }

    /// <summary>Ended by the server, or reset by the system where the server had not accepted it
    /// yet.</summary>
    private static async Task<bool> IsClosed(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], Stop) == 0;
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    private async Task<(Version, HttpStatusCode)> Post(Version version, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService.InitiateAuth");
        using var response = await server.Http.SendAsync(request, Stop);
        return (response.Version, response.StatusCode);
    }

    private async Task<Socket> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Address.Port, Stop);
        return socket;
    }

    private static async Task<string> ReadAll(Socket socket)
    {
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Stop);
    }

    private static async Task ReadExactly(Socket socket, byte[] buffer)
    {
        using var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(buffer, Stop);
    }
}
