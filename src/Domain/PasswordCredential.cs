namespace Lifeguard.Domain;

/// <summary>
/// What is kept of a password: a slow salted hash for flows that send it, and an SRP verifier for those that
/// prove it. Both are sealed in the database.
/// </summary>
/// <param name="Hash">PHC string, such as <c>$argon2id$v=19$m=19456,t=2,p=1$…</c>.</param>
/// <param name="SrpSalt">16 bytes; empty where the pool keeps no verifiers.</param>
/// <param name="SrpVerifier">g^x mod N, big-endian; empty where the pool keeps no verifiers.</param>
/// <param name="SetAt">From here the validity of a temporary password is counted.</param>
/// <param name="IsTemporary">Must be replaced at the first sign-in.</param>
public sealed record PasswordCredential(
    string Hash, byte[] SrpSalt, byte[] SrpVerifier, DateTimeOffset SetAt, bool IsTemporary)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(PasswordCredential);
}
