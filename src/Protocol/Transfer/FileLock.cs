using Lifeguard.Protocol.Passwords;

namespace Lifeguard.Protocol.Transfer;

/// <summary>How the keys of a file come about, as its head says in clear.</summary>
public abstract record FileLock
{
    private FileLock()
    {
    }

    /// <summary>From a passphrase by Argon2id.</summary>
    /// <param name="Salt">16 bytes.</param>
    public sealed record Passphrase(Argon2idParameters Cost, byte[] Salt) : FileLock
    {
        /// <summary>256 MiB and three passes: the file may lie where nobody counts the guesses, and it is
        /// opened rarely.</summary>
        public static Argon2idParameters DefaultCost { get; } = new(256 * 1024, 3);
    }

    /// <summary>From an agreement (X25519) between a pair made for this file alone and the recipient's.
    /// </summary>
    public sealed record Recipient(TransferPublicKey To, TransferPublicKey Ephemeral) : FileLock;
}
