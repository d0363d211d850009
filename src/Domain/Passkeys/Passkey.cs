namespace Lifeguard.Domain.Passkeys;

/// <summary>A passkey that a user has registered. But for its counter it never changes.</summary>
public sealed record Passkey
{
    public required string PoolId { get; init; }

    public required string Sub { get; init; }

    /// <summary>In base64url; the only one of that id in the pool.</summary>
    public required string CredentialId { get; init; }

    /// <summary>As COSE has it.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>Of the last use; 0 for keys that do not count.</summary>
    public required uint SignCount { get; init; }

    /// <summary>It may be on several devices of the user.</summary>
    public required bool IsBackupEligible { get; init; }

    /// <summary>The model of the authenticator, as far as it says.</summary>
    public required Guid Aaguid { get; init; }

    /// <summary>What listings call it.</summary>
    public required string Name { get; init; }

    /// <summary>Only whom it was made for can ask for it.</summary>
    public required string RelyingPartyId { get; init; }

    /// <summary><c>platform</c> or <c>cross-platform</c>; null where the browser did not say.</summary>
    public string? Attachment { get; init; }

    public IReadOnlyList<string> Transports { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }
}
