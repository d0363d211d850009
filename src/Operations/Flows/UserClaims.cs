using System.Globalization;
using System.Text.Json;
using Lifeguard.Domain;
using Lifeguard.Domain.Federation;

namespace Lifeguard.Operations.Flows;

/// <summary>Attributes of users as claims.</summary>
public static class UserClaims
{
    /// <summary>The verification flags are JSON booleans and the address is an object in ID tokens;
    /// everything else stays text, numbers included (observed).</summary>
    /// <param name="isStrict">The time of the last change is a number (OpenID Connect Core §5.1), and left
    /// out where it is none.</param>
    public static void Write(Utf8JsonWriter writer, string name, string value, bool isStrict)
    {
        switch (name)
        {
            case AttributeNames.EmailVerified or AttributeNames.PhoneNumberVerified:
                writer.WriteBoolean(name, value == "true");
                break;
            case "address":
                writer.WriteStartObject(name);
                writer.WriteString("formatted", value);
                writer.WriteEndObject();
                break;
            case AttributeNames.Identities:
                // Kept as JSON text, which GetUser shows as it is.
                writer.WritePropertyName(name);
                LinkedIdentity.WriteClaim(writer, value);
                break;
            case "updated_at" when isStrict:
                if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                    writer.WriteNumber(name, seconds);
                break;
            default:
                writer.WriteString(name, value);
                break;
        }
    }
}
