using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Lifeguard.Web.Http2;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Lifeguard.Web;

/// <summary>How Kestrel listens: HTTP/1.1 and HTTP/2 on one port, with or without TLS, and within
/// bounds.</summary>
public static class Listening
{
    private const int MaxHeaderBytes = 32 * 1024;
    private const int MaxRequestLineBytes = 8 * 1024;
    private const int MaxHeaders = 100;
    private const int MaxStreams = 100;

    /// <summary>Listens on <paramref name="address"/>, whose host is an IP literal, <c>localhost</c>, or
    /// <c>*</c>; port 0 takes a free one.</summary>
    /// <param name="certificate">For https; null otherwise.</param>
    public static void ListenOn(
        this IWebHostBuilder host,
        Uri address,
        WebRules rules,
        X509Certificate2Collection? certificate,
        TimeProvider clock)
    {
        var listener = new HandedOverListener();
        host.UseKestrelCore();
        // After Kestrel's own, which is left out where there already is one.
        host.ConfigureServices(services => services.AddSingleton<IConnectionListenerFactory>(listener));
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Bound(kestrel.Limits, rules);
            if (certificate is not null) Listen(kestrel, address, listen => Secure(listen, certificate));
            else ListenInTheClear(kestrel, address, listener, clock);
        });
        if (certificate is not null) host.UseKestrelHttpsConfiguration();
    }

    /// <summary>Looks whether others listen there, before anything is made or told that counts on this
    /// server.</summary>
    /// <exception cref="IOException">They do.</exception>
    public static void MustBeFree(Uri address)
    {
        if (address.Port == 0) return;
        foreach (var host in Hosts(address).Where(host => IsTaken(new(host, address.Port))))
            throw new IOException($"{host} port {address.Port} is in use already.");
    }

    private static bool IsTaken(IPEndPoint place)
    {
        using var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(place);
            return false;
        }
        catch (SocketException refused)
        {
            // Other refusals are for Kestrel to judge: without IPv6 it is content with IPv4.
            return refused.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }

    private static IPAddress[] Hosts(Uri address) => address.Host switch
    {
        "localhost" => [IPAddress.Loopback, IPAddress.IPv6Loopback],
        var host when IPAddress.TryParse(host.Trim('[', ']'), out var literal) => [literal],
        _ => [IPAddress.Any],
    };

    private static void ListenInTheClear(
        KestrelServerOptions kestrel, Uri address, HandedOverListener listener, TimeProvider clock)
    {
        var choice = new PriorKnowledge(listener, clock);
        Listen(kestrel, address, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(choice.Before);
        });
        kestrel.Listen(HandedOver.Instance, listen => listen.Protocols = HttpProtocols.Http2);
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal))
            kestrel.Listen(literal, address.Port, configure);
        else if (address.Host != "localhost")
            kestrel.ListenAnyIP(address.Port, configure);
        // Both loopback addresses cannot be given the same free port.
        else if (address.Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0, configure);
        else
            kestrel.ListenLocalhost(address.Port, configure);
    }

    private static void Secure(ListenOptions listen, X509Certificate2Collection chain)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(https =>
        {
            https.ServerCertificate = chain[0];
            https.ServerCertificateChain = chain;
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        });
    }

    private static void Bound(KestrelServerLimits limits, WebRules rules)
    {
        limits.MaxRequestBodySize = rules.MaxBodyBytes;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.MaxRequestLineSize = MaxRequestLineBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.Http2.MaxStreamsPerConnection = MaxStreams;
        limits.Http2.MaxRequestHeaderFieldSize = 16 * 1024;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }
}
