using System.Text.Json;

namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>A mail server on STARTTLS that asks for an account and keeps nothing.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    public const string User = "mailer";
    public const string Password = "Mail-Server-Pass-9";
    private readonly DirectoryInfo folder;
    private readonly string port;
    private ChildProcess process;

    private SmtpSink(ChildProcess process, DirectoryInfo folder, JsonElement ready)
    {
        (this.process, this.folder) = (process, folder);
        port = ready.GetProperty("port").GetInt32().ToString();
        Settings = new()
        {
            ["Email:Smtp:Host"] = "localhost",
            ["Email:Smtp:Port"] = port,
            ["Email:Smtp:Security"] = "StartTls",
            ["Email:Smtp:User"] = User,
            ["Email:Smtp:Password"] = Password,
            ["Email:Smtp:From"] = "Example <no-reply@example.com>",
            ["Email:Smtp:TrustedCertificateFile"] = ready.Text("certificate"),
        };
    }

    /// <summary>What the program needs to send mail here.</summary>
    public Dictionary<string, string?> Settings { get; }

    public static async Task<SmtpSink> Start()
    {
        var folder = Directory.CreateTempSubdirectory("lifeguard-mail-");
        var process = Run("0", folder);
        return new(process, folder, Json.Parse(await process.Line(IsJson)));
    }

    /// <summary>Nobody answers any more.</summary>
    public async Task GoDown() => await process.DisposeAsync();

    /// <summary>The same server answers again.</summary>
    public async Task ComeBack()
    {
        process = Run(port, folder);
        await process.Line(IsJson);
    }

    /// <summary>The next message.</summary>
    public async Task<JsonElement> Mail() => Json.Parse(await process.Line(IsJson));

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>How many messages have come since the start, or since it came back.</summary>
    public int Received => process.Printed.Split('\n').Count(IsJson) - 1;

    private static ChildProcess Run(string port, DirectoryInfo folder) => Script.Start(
        "smtp-sink.mjs", [port, folder.FullName],
        KeyValuePair.Create("SMTP_USER", (string?)User),
        KeyValuePair.Create("SMTP_PASSWORD", (string?)Password));

    private static bool IsJson(string line) => line.StartsWith('{');
}
