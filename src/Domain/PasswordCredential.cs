namespace Lifeguard.Domain;

/// <summary>
/// What is kept of a password: a slow salted hash for flows that send it, and an SRP verifier for those that
/// prove it. Both are sealed in the database.
/// </summary>
/// <param name="Hash">PHC string, such as <c>$argon2id$v=19$m=19456,t=2,p=1$…</c>, or of another scheme until
/// the first sign-in of a user who was imported with it.</param>
/// <param name="SrpSalt">16 bytes; empty where there is no verifier.</param>
/// <param name="SrpVerifier">g^x mod N, big-endian; empty where the hash was imported.</param>
/// <param name="SetAt">From here the validity of a temporary password is counted.</param>
/// <param name="IsTemporary">Must be replaced at the first sign-in.</param>
public sealed record PasswordCredential(
    string Hash, byte[] SrpSalt, byte[] SrpVerifier, DateTimeOffset SetAt, bool IsTemporary)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => nameof(PasswordCredential);
}
