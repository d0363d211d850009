namespace Lifeguard.Protocol.Passwords;

/// <summary>
/// What one Argon2id hash costs (RFC 9106). The parallelism is always 1, the only one libsodium computes.
/// </summary>
/// <param name="MemoryKiB">Memory in KiB, 8 to 1,048,576.</param>
/// <param name="Iterations">
/// Passes over that memory, at least 1; memory times passes stays within 4 GiB.
/// </param>
public sealed record Argon2idParameters(int MemoryKiB, int Iterations)
{
    /// <summary>The most memory a hash may ask for, in KiB: 1 GiB.</summary>
    public const int MaxMemoryKiB = 1024 * 1024;

    private const int MinMemoryKiB = 8;
    private const long MaxWorkKiB = 4L * MaxMemoryKiB;

    /// <summary>19 MiB and two passes, the first choice of OWASP's password storage cheat sheet.</summary>
    public static Argon2idParameters Default { get; } = new(19 * 1024, 2);

    /// <summary>
    /// Whether the cost is within the bounds above, so that a stored or imported string cannot exhaust the
    /// server.
    /// </summary>
    public bool IsWithinBounds =>
        MemoryKiB is >= MinMemoryKiB and <= MaxMemoryKiB
        && Iterations >= 1
        && (long)MemoryKiB * Iterations <= MaxWorkKiB;
}
