namespace Lifeguard.Protocol.Passwords;

/// <summary>
/// Which hashes users may bring along: of the scheme that their import names, well formed, and no dearer than
/// documented, so that nobody can plant a hash that exhausts the server.
/// </summary>
public static class ImportedHash
{
    private const int MaxArgon2MemoryKiB = 19456;
    private const int MaxArgon2Iterations = 2;

    /// <summary>What is wrong with the hash; null for nothing.</summary>
    /// <param name="algorithm"><c>ARGON2ID</c>, <c>BCRYPT</c>, <c>PBKDF2_SHA256</c> or
    /// <c>SCRYPT</c>.</param>
    public static HashDefect? DefectOf(string algorithm, string text)
    {
        var (isOfScheme, isCheap) = algorithm switch
        {
            "ARGON2ID" => Argon2id(text),
            "BCRYPT" => (BcryptHash.TryParse(text, out var bcrypt), bcrypt?.IsWithinBounds),
            "PBKDF2_SHA256" => (Pbkdf2Hash.TryParse(text, out var pbkdf2), pbkdf2?.IsWithinBounds),
            "SCRYPT" => (ScryptHash.TryParse(text, out var scrypt), scrypt?.IsWithinBounds),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, null),
        };
        if (isCheap == false) return HashDefect.TooCostly;
        if (isOfScheme) return null;
        if (BcryptHash.IsOfOtherVersion(text)) return HashDefect.BcryptVersion;
        return IsOfSomeScheme(text) ? HashDefect.OtherAlgorithm : HashDefect.Malformed;
    }

    /// <summary>Lanes and memory are looked at first: what asks for more cannot even be read as a hash that
    /// is computed here.</summary>
    private static (bool IsOfScheme, bool? IsCheap) Argon2id(string text)
    {
        if (Argon2idHash.CostOf(text) is { } cost
            && (cost.MemoryKiB > MaxArgon2MemoryKiB || cost.Iterations > MaxArgon2Iterations
                || cost.Lanes > 1))
            return (false, false);
        return (Argon2idHash.TryParse(text, out _), null);
    }

    private static bool IsOfSomeScheme(string text) =>
        Argon2idHash.TryParse(text, out _)
        || BcryptHash.TryParse(text, out _)
        || Pbkdf2Hash.TryParse(text, out _)
        || ScryptHash.TryParse(text, out _);
}

/// <summary>Why a hash cannot be imported.</summary>
public enum HashDefect
{
    /// <summary>It has no form that is known.</summary>
    Malformed,

    /// <summary>Verifying it would cost more than allowed.</summary>
    TooCostly,

    /// <summary>It is of another scheme than the import names.</summary>
    OtherAlgorithm,

    /// <summary>It is of a version of bcrypt that is not computed here.</summary>
    BcryptVersion,
}
