namespace Lifeguard.Domain.Effects;

/// <summary>
/// Passwords that are known to be in circulation, by the beginning of their hashes, so that who keeps them
/// does not learn which one is asked for. A seam: files, or an HTTP endpoint.
/// </summary>
public interface IPasswordRanges
{
    /// <summary>False where nobody keeps any, so that none need be asked for.</summary>
    bool AreKept { get; }

    /// <summary>The rest of all SHA-1 hashes that begin with <paramref name="prefix"/>, five hex digits in
    /// upper case: a line each, with a colon and a count behind it, in any order. Empty for none.</summary>
    /// <exception cref="HttpRequestException">The endpoint did not answer well.</exception>
    /// <exception cref="IOException">The files cannot be read.</exception>
    Task<string> Read(string prefix, CancellationToken cancellation);
}
