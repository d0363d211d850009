using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>After a busy day in production, neither the database nor anything printed holds a secret that was
/// used.</summary>
public sealed class SecretsTests(LambdaEndpoint lambda)
{
    [Fact]
    public async Task None_is_in_a_database_file_or_in_what_was_printed()
    {
        await using var mail = await SmtpSink.Start();
        await using var sms = await WebhookSink.Start();
        await using var installation = Installation.OnFile(await Settings(mail, sms));
        await MustKeepNone(installation, mail, sms, inHexadecimal: false);
    }

    [Fact]
    public async Task None_is_in_a_PostgreSQL_database_or_in_what_was_printed()
    {
        var postgres = Available.Postgres;
        await using var mail = await SmtpSink.Start();
        await using var sms = await WebhookSink.Start();
        await using var installation = await Installation.OnPostgres(postgres, await Settings(mail, sms));
        await MustKeepNone(installation, mail, sms, inHexadecimal: true);
    }

    private async Task<IEnumerable<KeyValuePair<string, string?>>> Settings(SmtpSink mail, WebhookSink sms) =>
    [
        .. mail.Settings, await lambda.Setting(),
        new("Sms:Webhook:Url", sms.Url), new("Sms:Webhook:Secret", WebhookSink.Secret),
    ];

    private static async Task MustKeepNone(
        Installation installation, SmtpSink mail, WebhookSink sms, bool inHexadecimal)
    {
        await using var program = await RunningLifeguard.Serve(installation);
        var day = new BusyDay(program, mail, sms);
        await day.Live();
        Assert.Equal(24, day.Secrets.Count);

        var whileRunning = await installation.EverythingKept();
        var exported = await Exported(installation, day.Pool);
        Assert.Equal(0, await program.Stop());
        var afterwards = await installation.EverythingKept();
        MustHoldNone(day.Secrets, whileRunning, inHexadecimal);
        MustHoldNone(day.Secrets, afterwards, inHexadecimal);
        MustHoldNone(day.Secrets, exported, inHexadecimal: false);
        MustHoldNone(day.Secrets.Where(secret => secret.Name != BusyDay.FirstKey), program.Printed, false);
        // Had nothing been found for want of looking, this would not be found either.
        Assert.Contains(BusyDay.Email, afterwards, StringComparison.Ordinal);
        Assert.Contains(day.Pool, exported, StringComparison.Ordinal);
        Assert.Contains("Listening on ", program.Printed, StringComparison.Ordinal);
    }

    /// <summary>The pool as a file, with what the export printed.</summary>
    private static async Task<string> Exported(Installation installation, string pool)
    {
        var file = Path.Combine(installation.Folder, "pool.lifeguard");
        var finished = await PoolFiles.Export(installation, pool, file);
        Assert.True(finished.ExitCode == 0, finished.Printed);
        return finished.Printed + Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
    }

    private static void MustHoldNone(IEnumerable<Secret> secrets, string text, bool inHexadecimal)
    {
        var found =
            from secret in secrets
            from guise in Guises(secret.Value, inHexadecimal)
            where IsIn(text, guise)
            select secret.Name;
        Assert.Empty(found);
    }

    /// <summary>As it is, and as programs like to write it down.</summary>
    private static string[] Guises(string secret, bool inHexadecimal)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        string[] guises =
        [
            secret, Convert.ToBase64String(bytes).TrimEnd('='), Convert.ToHexStringLower(bytes),
            Convert.ToBase64String(SHA256.HashData(bytes)), Convert.ToHexStringLower(SHA256.HashData(bytes)),
        ];
        // A dump shows bytes in hexadecimal; a file has them as they are.
        return inHexadecimal ? guises : [.. guises, Encoding.Latin1.GetString(SHA256.HashData(bytes))];
    }

    /// <summary>Six digits stand in many a longer number by chance.</summary>
    private static bool IsIn(string text, string guise) => guise.Length == 6
        ? Regex.IsMatch(text, $"(?<![0-9A-Za-z]){guise}(?![0-9A-Za-z])")
        : text.Contains(guise, StringComparison.Ordinal);
}
