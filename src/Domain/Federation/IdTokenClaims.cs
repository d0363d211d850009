using System.Globalization;
using System.Text;
using System.Text.Json;
using Lifeguard.Protocol.Jose;

namespace Lifeguard.Domain.Federation;

/// <summary>What an ID token has to say to be believed, once its signature is checked (OpenID Connect Core
/// §3.1.3.7).</summary>
/// <param name="Issuers">Any of these.</param>
/// <param name="Nonce">Of the redirect; the token must be an answer to it.</param>
/// <param name="AccessToken">That came with it; null for none.</param>
public sealed record IdTokenClaims(
    IReadOnlyList<string> Issuers, string ClientId, string Nonce, string? AccessToken)
{
    /// <summary>Clocks differ.</summary>
    private const int SkewSeconds = 60;

    /// <summary>What is wrong with the claims; null for nothing.</summary>
    public string? Violation(JsonElement claims, JwsAlgorithm algorithm, DateTimeOffset now)
    {
        var issuer = claims.Text("iss");
        // The final slash is left out where issuers are configured.
        if (!Issuers.Any(expected => expected.TrimEnd('/') == issuer?.TrimEnd('/')))
            return $"issuer {issuer}";
        if (!IsForClient(claims)) return "audience";
        if (claims.Text("sub") is null) return "subject";
        if (TimeViolation(claims, now.ToUnixTimeMilliseconds() / 1000.0) is { } time) return time;
        if (claims.Text("nonce") != Nonce) return "nonce";
        return HasHash(claims, algorithm) ? null : "at_hash";
    }

    /// <summary>With several audiences the token must say which of them asked for it.</summary>
    private bool IsForClient(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out var audience)) return false;
        List<string?> all = audience.ValueKind switch
        {
            JsonValueKind.String => [audience.GetString()],
            JsonValueKind.Array =>
            [
                .. audience.EnumerateArray()
                    .Select(one => one.ValueKind == JsonValueKind.String ? one.GetString() : null),
            ],
            _ => [],
        };
        var party = claims.TryGetProperty("azp", out _) ? claims.Text("azp") ?? "" : null;
        return all.Contains(ClientId) && (party is null ? all.Count == 1 : party == ClientId);
    }

    private static string? TimeViolation(JsonElement claims, double now)
    {
        if (Seconds(claims, "exp") is not { } end || end + SkewSeconds <= now) return "expiry";
        if (Seconds(claims, "iat") is not { } made || made - SkewSeconds > now) return "time of issue";
        if (!claims.TryGetProperty("nbf", out _)) return null;
        return Seconds(claims, "nbf") is { } begin && begin - SkewSeconds <= now ? null : "begin";
    }

    private static double? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && double.TryParse(
                value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && double.IsFinite(seconds)
                ? seconds
                : null;

    /// <summary>Optional here (OpenID Connect Core §3.1.3.6); where it is, it binds the access
    /// token.</summary>
    private bool HasHash(JsonElement claims, JwsAlgorithm algorithm)
    {
        if (AccessToken is null || !claims.TryGetProperty("at_hash", out _)) return true;
        var digest = algorithm.Digest(Encoding.ASCII.GetBytes(AccessToken));
        var half = System.Buffers.Text.Base64Url.EncodeToString(digest.AsSpan(0, digest.Length / 2));
        return claims.Text("at_hash") == half;
    }

    /// <summary>Never prints its members: they hold tokens.</summary>
    public override string ToString() => nameof(IdTokenClaims);
}
