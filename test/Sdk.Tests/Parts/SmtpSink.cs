using System.Text.Json;

namespace Lifeguard.Sdk.Tests.Parts;

/// <summary>A mail server on STARTTLS that asks for an account and keeps nothing.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    public const string User = "mailer";
    public const string Password = "Mail-Server-Pass-9";
    private readonly ChildProcess process;
    private readonly DirectoryInfo folder;

    private SmtpSink(ChildProcess process, DirectoryInfo folder, JsonElement ready)
    {
        (this.process, this.folder) = (process, folder);
        Settings = new()
        {
            ["Email:Smtp:Host"] = "localhost",
            ["Email:Smtp:Port"] = ready.GetProperty("port").GetInt32().ToString(),
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
        var process = Script.Start(
            "smtp-sink.mjs", ["0", folder.FullName],
            KeyValuePair.Create("SMTP_USER", (string?)User),
            KeyValuePair.Create("SMTP_PASSWORD", (string?)Password));
        return new(process, folder, Json.Parse(await process.Line(IsJson)));
    }

    /// <summary>The next message.</summary>
    public async Task<JsonElement> Mail() => Json.Parse(await process.Line(IsJson));

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static bool IsJson(string line) => line.StartsWith('{');
}
