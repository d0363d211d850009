using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Lifeguard.Protocol.SigV4;

namespace Lifeguard.Load;

/// <summary>
/// A server as <c>lifeguard serve</c> makes it: signatures are verified, passwords hashed at full cost,
/// commits
/// durable. Only what would refuse a measurement is lifted: rates and hourly limits.
/// </summary>
internal sealed class LifeguardServer : IDisposable
{
    private static readonly string[] Categories =
    [
        "ClientAuthentication", "UserAccountRecovery", "UserAuthentication", "UserCreation", "UserFederation",
        "UserList", "UserPoolClientRead", "UserPoolClientUpdate", "UserPoolRead", "UserPoolResourceRead",
        "UserPoolResourceUpdate", "UserPoolUpdate", "UserRead", "UserResourceRead", "UserResourceUpdate",
        "UserToken", "UserUpdate",
    ];

    private static readonly string[] Hourly =
        ["ResetRequestsPerHour", "ConfirmsPerHour", "ResendPerHour", "ChangePasswordPerHour"];

    private LifeguardServer(string program, Scratch scratch, SmtpSink sink, IEnumerable<string> more)
    {
        Process = new(program, Arguments(scratch, sink, more), scratch.Folder);
    }

    /// <summary>The build that lies beside this program.</summary>
    public static string Jit => Path.Combine(AppContext.BaseDirectory, "lifeguard.dll");

    public int Port { get; } = ChildProcess.FreePort();

    public ChildProcess Process { get; }

    public Caller Caller { get; private set; } = null!;

    /// <summary>From the start of the process to a listening port, and to the answer of a signed
    /// call.</summary>
    public (TimeSpan Listening, TimeSpan Answer) Start { get; private set; }

    /// <summary>Starts a server and waits for its first answer.</summary>
    /// <param name="key">Null at the first start, which makes the first key and shows it.</param>
    /// <param name="more">Further settings; later ones win.</param>
    public static async Task<LifeguardServer> Run(
        string program, Scratch scratch, SmtpSink sink, int connections, SigV4Credentials? key,
        params IEnumerable<string> more)
    {
        var clock = Stopwatch.StartNew();
        var server = new LifeguardServer(program, scratch, sink, more);
        try
        {
            await server.Process.MustListen(server.Port);
            var listening = clock.Elapsed;
            server.Key = key ?? server.ShownKey();
            server.Caller = new(server.Port, connections, server.Key);
            await server.Must("ListUserPools", new JsonObject { ["MaxResults"] = 1 });
            server.Start = (listening, clock.Elapsed);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>The administrator's key.</summary>
    public SigV4Credentials Key { get; private set; } = null!;

    /// <summary>A signed call that has to succeed.</summary>
    public async Task<JsonObject> Must(string operation, JsonObject request)
    {
        var body = Encoding.UTF8.GetBytes(request.ToJsonString());
        var reply = await Caller.Send(Caller.Prepare(operation, body, isSigned: true));
        return reply.Status == 200
            ? JsonNode.Parse(reply.Body)?.AsObject() ?? []
            : throw new InvalidOperationException($"{operation}: {Encoding.UTF8.GetString(reply.Body)}");
    }

    public void Dispose()
    {
        Caller?.Dispose();
        Process.Dispose();
    }

    private SigV4Credentials ShownKey()
    {
        // The key is written before the server listens, but the pipe may be read a moment later.
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (Shown("AWS_ACCESS_KEY_ID") is { } id && Shown("AWS_SECRET_ACCESS_KEY") is { } secret)
                return new(id, secret);
            Thread.Sleep(10);
        }

        throw new InvalidOperationException("The server showed no access key.");
    }

    private string? Shown(string name) => Process.Said
        .FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    private IEnumerable<string> Arguments(Scratch scratch, SmtpSink sink, IEnumerable<string> more)
    {
        IEnumerable<string> settings =
        [
            "Email:Smtp:Host=127.0.0.1", $"Email:Smtp:Port={sink.Port}", "Email:Smtp:Security=None",
            "Email:Smtp:From=bench@example.com", "Limits:HashQueue=100000",
            .. Categories.Select(name => $"Limits:RequestsPerSecond:{name}=0"),
            "Limits:ReadsPerUser=0", "Limits:WritesPerUser=0", "Limits:CallsPerPool=0",
            .. Hourly.Select(name => $"Limits:{name}=1000000"),
            .. more,
        ];
        return
        [
            "serve", "--listen", $"http://127.0.0.1:{Port}", "--database", scratch.Database,
            "--master-key-file", scratch.KeyFile,
            .. settings.SelectMany(setting => (string[])["--set", setting]),
        ];
    }
}
