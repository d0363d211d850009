using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>
/// Marks where the next page of a listing begins. Sealed, so that clients can neither read nor make one; good
/// for an hour (doc) and only for the listing it came from.
/// </summary>
public sealed class PageToken(Sealer sealer)
{
    private const string Purpose = "page";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>A token for <paramref name="position"/>.</summary>
    /// <param name="scope">The operation with the parameters that make it this listing.</param>
    public string Seal(string operation, string scope, string position, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("scope", scope);
            writer.WriteString("position", position);
            writer.WriteNumber("exp", (now + Lifetime).ToUnixTimeMilliseconds());
            writer.WriteEndObject();
        }

        return Base64Url.EncodeToString(sealer.Seal(Purpose, operation, buffer.WrittenSpan));
    }

    /// <summary>The position inside a token of this listing.</summary>
    /// <exception cref="ApiException">InvalidParameterException:
    /// not ours, too old, or of another listing.</exception>
    public string Open(string operation, string scope, string token, DateTimeOffset now)
    {
        if (!Base64Url.IsValid(token)) throw Invalid();
        var content = sealer.Open(Purpose, operation, Base64Url.DecodeFromChars(token)) ?? throw Invalid();
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        if (root.GetProperty("exp").GetInt64() <= now.ToUnixTimeMilliseconds()) throw Invalid();
        return root.GetProperty("scope").GetString() == scope
            ? root.GetProperty("position").GetString()!
            : throw Reject.InvalidParameter("Paging Marker is Invalid for Request");
    }

    private static ApiException Invalid() => Reject.InvalidParameter("Invalid pagination token.");
}
