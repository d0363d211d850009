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
        var defect = algorithm switch
        {
            "ARGON2ID" => Argon2id(text),
            "BCRYPT" => BcryptHash.TryParse(text, out var bcrypt) ? Cost(bcrypt) : Bcrypt(text),
            "PBKDF2_SHA256" => Cost(Pbkdf2Hash.TryParse(text, out var pbkdf2) ? pbkdf2 : null),
            "SCRYPT" => Cost(ScryptHash.TryParse(text, out var scrypt) ? scrypt : null),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, null),
        };
        return defect == HashDefect.Malformed && IsOfSomeScheme(text) ? HashDefect.OtherAlgorithm : defect;
    }

    private static HashDefect? Cost(PasswordHash? hash) => hash switch
    {
        null => HashDefect.Malformed,
        { IsWithinBounds: true } => null,
        _ => HashDefect.TooCostly,
    };

    private static HashDefect Bcrypt(string text) =>
        BcryptHash.IsOfOtherVersion(text) ? HashDefect.BcryptVersion : HashDefect.Malformed;

    /// <summary>Lanes and memory are looked at first: what asks for more cannot even be read as a hash that
    /// is computed here.</summary>
    private static HashDefect? Argon2id(string text) =>
        Argon2idHash.CostOf(text) is { } cost
        && (cost.MemoryKiB > MaxArgon2MemoryKiB || cost.Iterations > MaxArgon2Iterations || cost.Lanes > 1)
            ? HashDefect.TooCostly
            : Argon2idHash.Read(text, out _);

    private static bool IsOfSomeScheme(string text) =>
        Argon2idHash.TryParse(text, out _)
        || Argon2idHash.IsOfSibling(text)
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

    /// <summary>It is of Argon2's first version, not of that of RFC 9106.</summary>
    Argon2Version,

    /// <summary>Its salt is too short or too long to be verified: other than 8 to 64 bytes.</summary>
    SaltLength,

    /// <summary>Its hash is too short or too long to be verified: other than 16 to 64 bytes.</summary>
    HashLength,
}
