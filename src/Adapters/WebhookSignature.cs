using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Adapters;

/// <summary>
/// How a webhook knows that a request is ours and fresh: <c>X-Lifeguard-Timestamp</c> holds Unix seconds and
/// <c>X-Lifeguard-Signature</c> holds <c>v1=</c> and the lower-case hex HMAC-SHA256, under the shared secret,
/// of the timestamp, a full stop and the body. The receiver compares in constant time and refuses old
/// timestamps.
/// </summary>
public sealed class WebhookSignature
{
    /// <summary>Header with the instant of signing.</summary>
    public const string TimestampHeader = "X-Lifeguard-Timestamp";

    /// <summary>Header with the signature.</summary>
    public const string SignatureHeader = "X-Lifeguard-Signature";

    private readonly byte[] secret;
    private readonly TimeProvider clock;

    /// <summary>Signs with <paramref name="secret"/>, which must not be empty.</summary>
    public WebhookSignature(string secret, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        this.secret = Encoding.UTF8.GetBytes(secret);
        this.clock = clock;
    }

    /// <summary>Headers of a signed request with this body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> HeadersFor(
        ReadOnlySpan<byte> body, string contentType = "application/json")
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return
        [
            new("Content-Type", contentType),
            new(TimestampHeader, timestamp),
            new(SignatureHeader, Sign(timestamp, body)),
        ];
    }

    private string Sign(string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
        mac.AppendData(body);
        return "v1=" + Convert.ToHexStringLower(mac.GetHashAndReset());
    }
}
