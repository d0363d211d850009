using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Domain.Federation;

/// <summary>What is remembered while somebody is at another provider: which request of which app it is for,
/// and what the answer has to fit.</summary>
public sealed record FederationState
{
    /// <summary>So long somebody may take (doc).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public required string PoolId { get; init; }

    /// <summary>Of the parameter <c>state</c> or RelayState, as <see cref="KeyOf"/> gives it.</summary>
    public required string Key { get; init; }

    /// <summary>Of the cookie that the browser has to show again, likewise.</summary>
    public required string Browser { get; init; }

    /// <summary>The app's request as it came, to be checked anew; for a sign-out the address to go to
    /// then.</summary>
    public required string Query { get; init; }

    public required string ProviderName { get; init; }

    /// <summary>Another provider of the same name is not the one that was asked.</summary>
    public required string ProviderId { get; init; }

    /// <summary>Where the provider sends the browser back to.</summary>
    public required string Callback { get; init; }

    /// <summary>That the ID token has to repeat; null where there is none.</summary>
    public string? Nonce { get; init; }

    /// <summary>Without which nobody redeems the code (RFC 7636); null where the provider knows no such
    /// thing.</summary>
    public string? Verifier { get; init; }

    /// <summary>The id that a SAML response has to be an answer to; null for other providers.</summary>
    public string? SamlRequestId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What is kept of a secret that comes back: whoever reads the rows cannot make it.</summary>
    public static string KeyOf(string secret) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The same of one that comes back from a sign-out. Nothing of one kind is found as the
    /// other.</summary>
    public static string SignOutKeyOf(string secret) => KeyOf($"sign-out {secret}");

    /// <summary>Never prints its members: they hold secrets.</summary>
    public override string ToString() => nameof(FederationState);
}
