using System.Text;
using System.Text.Json;
using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;

namespace Lifeguard.Storage;

/// <summary>The factors of a pool as they stand in their column.</summary>
internal static class PoolFactorsText
{
    /// <summary>Null for no factors at all.</summary>
    public static string? Write(PoolFactors factors) => factors == PoolFactors.None
        ? null
        : Documents.ToText(writer =>
        {
            writer.WriteStartObject();
            WriteShape(writer, "softwareToken", factors.SoftwareToken);
            WriteShape(writer, "email", factors.Email);
            WriteShape(writer, "webAuthn", factors.WebAuthn);
            writer.WriteEndObject();
        });

    public static PoolFactors Read(string? text) => text is null
        ? PoolFactors.None
        : Documents.Read(text, document => new PoolFactors
        {
            SoftwareToken = ReadShape<SoftwareTokenMfaConfigType>(document, "softwareToken"),
            Email = ReadShape<EmailMfaConfigType>(document, "email"),
            WebAuthn = ReadShape<WebAuthnConfigurationType>(document, "webAuthn"),
        });

    private static void WriteShape(Utf8JsonWriter writer, string name, IShape? shape)
    {
        if (shape is null) return;
        writer.WritePropertyName(name);
        shape.Write(writer);
    }

    private static T? ReadShape<T>(JsonElement document, string name)
        where T : class, IShape<T> => document.TryGetProperty(name, out var shape)
        ? WireBody.Read<T>(Encoding.UTF8.GetBytes(shape.GetRawText()))
        : null;
}
