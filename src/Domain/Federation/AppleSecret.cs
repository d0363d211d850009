using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lifeguard.Domain.Federation;

/// <summary>What stands for the client secret at Apple: a token that the pool signs with the private key that
/// Apple has made for it.</summary>
public static class AppleSecret
{
    private const string Audience = "https://appleid.apple.com";
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Apple would take half a year.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Is this such a key: PKCS #8 in base64, with or without its armour, of the curve
    /// P-256?</summary>
    public static bool IsKey(string text)
    {
        using var key = Read(text);
        return key is not null;
    }

    /// <summary>A new secret.</summary>
    public static string Make(IReadOnlyDictionary<string, string> details, DateTimeOffset now)
    {
        using var key = Read(details[DetailNames.PrivateKey])
            ?? throw new CryptographicException("The key of SignInWithApple is none.");
        var header = Part(writer =>
        {
            writer.WriteString("alg", "ES256");
            writer.WriteString("kid", details[DetailNames.KeyId]);
        });
        var claims = Part(writer =>
        {
            writer.WriteString("iss", details[DetailNames.TeamId]);
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
            writer.WriteString("aud", Audience);
            writer.WriteString("sub", details[DetailNames.ClientId]);
        });
        var signature = key.SignData(
            Encoding.ASCII.GetBytes($"{header}.{claims}"),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static ECDsa? Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("-----", StringComparison.Ordinal));
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(string.Concat(lines)), out _);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256) return key;
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException)
        {
            // It is no key.
        }

        key.Dispose();
        return null;
    }

    private static string Part(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(bytes.ToArray());
    }
}
