namespace Lifeguard.Domain;

/// <summary>Credentials with which an administrator signs calls (SigV4).</summary>
/// <param name="Id">20 characters: <c>AKIA…</c>, or <c>ASIA…</c> where the key is temporary.</param>
/// <param name="Secret">40 characters; sealed in the database.</param>
/// <param name="SessionToken">Temporary keys only: must come with every call; sealed in the database.</param>
/// <param name="UserName">The caller's name in ARNs and messages.</param>
/// <param name="Policy">IAM-style policy document (JSON).</param>
/// <param name="ExpiresAt">Temporary keys only.</param>
public sealed record AccessKey(
    string Id,
    string Secret,
    string? SessionToken,
    string UserName,
    string Policy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt)
{
    /// <summary>Never prints the secret.</summary>
    public override string ToString() => $"AccessKey {Id}";
}
