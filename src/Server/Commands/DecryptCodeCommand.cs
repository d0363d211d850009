using System.CommandLine;
using System.Text;
using Lifeguard.Adapters;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Protocol.EncryptionSdk;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server.Commands;

/// <summary><c>lifeguard decrypt-code</c>: what a custom sender was given, for those who develop
/// one.</summary>
internal static class DecryptCodeCommand
{
    private const int MaxText = 16 * 1024;

    public static Command Create()
    {
        var command = new Command(
            "decrypt-code", "Shows the code in an event of a custom sender, by KMS or by a running dev");
        var code = new Argument<string?>("code")
        {
            Description = "The member code of the event; without it, it is read from standard input",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Add(code);
        var options = new SettingOptions(command);
        return command.Does(async (given, cancellation) =>
        {
            var settings = options.Load(Life.Dev, given).Settings;
            var message = Parse(given.GetValue(code) ?? Terminal.Read(MaxText));
            Terminal.Say(await Decrypt(message, settings, cancellation));
            return 0;
        });
    }

    private static EncryptedMessage Parse(string text)
    {
        var bytes = new byte[MaxText];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length)
            && EncryptedMessage.Parse(bytes.AsSpan(0, length)) is { } message
                ? message
                : throw new SettingsException("This is no code of a custom sender's event.");
    }

    /// <exception cref="SettingsException">No key opens it, or it was changed.</exception>
    private static async Task<string> Decrypt(
        EncryptedMessage message, ServerSettings settings, CancellationToken cancellation)
    {
        var key = settings.KmsKeyFile is { } file
            ? OpenShared(message, MasterKey.Read(file, "Kms:KeyFile"))
            : await OpenByKms(message, settings, cancellation);
        return message.Open(key) is { } plaintext
            ? Encoding.UTF8.GetString(plaintext)
            : throw new SettingsException("The code was changed on its way.");
    }

    private static byte[] OpenShared(EncryptedMessage message, byte[] key) =>
        SharedDataKeys.KeyOf(key).Open(message.Keys[0], message.Context)
        ?? throw new SettingsException("The code was encrypted under another key than that of Kms:KeyFile.");

    private static async Task<byte[]> OpenByKms(
        EncryptedMessage message, ServerSettings settings, CancellationToken cancellation)
    {
        using var http = new GuardedHttp(WallClock.Instance);
        var kms = new KmsDataKeys(http, KmsOf(settings), WallClock.Instance);
        try
        {
            return await kms.Open(message.Keys[0], message.Context, cancellation);
        }
        catch (DeliveryException refused)
        {
            throw new SettingsException(refused.Message);
        }
    }

    /// <summary>The KMS of the settings, or the one that <c>dev</c> has.</summary>
    private static AwsOptions KmsOf(ServerSettings settings) =>
        settings.UsesLocalKeys ? settings.Kms with { Endpoint = settings.Listen } : settings.Kms;
}
