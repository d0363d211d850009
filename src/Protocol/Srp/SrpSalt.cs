namespace Lifeguard.Protocol.Srp;

/// <summary>The salt of a verifier.</summary>
public static class SrpSalt
{
    /// <summary>Length in bytes.</summary>
    public const int ByteLength = 16;

    /// <summary>
    /// Makes a salt of 16 random bytes: the first byte is brought into 01–7f. Clients disagree whether
    /// they hash the salt's text or its number; with such a first byte both give the same (observed).
    /// </summary>
    public static byte[] From(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, ByteLength);
        var salt = random.ToArray();
        salt[0] &= 0x7f;
        if (salt[0] == 0)
            salt[0] = 1;
        return salt;
    }
}
