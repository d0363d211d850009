namespace Lifeguard.Domain.Mfa;

/// <summary>A user's TOTP authenticator. At most one secret is in use and one is being set up.</summary>
public sealed record SoftwareToken
{
    public required string PoolId { get; init; }

    public required string Sub { get; init; }

    /// <summary>The secret that was handed out and waits for its first code; null for none.</summary>
    public byte[]? Pending { get; init; }

    /// <summary>The secret in use; it goes on working while another one is being set up.</summary>
    public byte[]? Verified { get; init; }

    /// <summary>What the user calls the authenticator; null for nothing.</summary>
    public string? Name { get; init; }

    /// <summary>The time step of the last code that was taken; neither it nor an earlier one is taken
    /// again.</summary>
    public long LastStep { get; init; }

    /// <summary>Rises with every stored change of a secret; 0 until the first.</summary>
    public long Version { get; init; }

    /// <summary>With a new secret to be set up, in place of one that was not finished.</summary>
    public SoftwareToken Associate(byte[] secret) => this with { Pending = secret };

    /// <summary>With the pending secret in use.</summary>
    /// <param name="step">Of the code that proved it.</param>
    public SoftwareToken Verify(string? name, long step) =>
        this with { Verified = Pending, Pending = null, Name = name, LastStep = step };

    /// <summary>Never prints its members: they hold secrets.</summary>
    public override string ToString() => $"SoftwareToken of {Sub}";
}
