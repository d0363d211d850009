namespace Lifeguard.Domain.Clients;

/// <summary>What an app says of itself when it registers (RFC 7591 §2), as far as app clients know of
/// it.</summary>
public sealed record AppMetadata
{
    /// <summary>Null for one that the client gets here.</summary>
    public string? ClientName { get; init; }

    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>Null for the default.</summary>
    public IReadOnlyList<string>? GrantTypes { get; init; }

    /// <summary>Null for what the grants need.</summary>
    public IReadOnlyList<string>? ResponseTypes { get; init; }

    /// <summary><c>none</c>, <c>client_secret_basic</c> or <c>client_secret_post</c>.</summary>
    public string AuthenticationMethod { get; init; } = DynamicClients.Basic;

    /// <summary>With blanks between; null for the default.</summary>
    public string? Scope { get; init; }
}
