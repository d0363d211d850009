using System.Text;
using Lifeguard.Protocol.Transfer;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server.Transfer;

/// <summary>The secret key for files, on a line of its own; lines that begin with # are for people.</summary>
internal static class IdentityFile
{
    private const int MaxLength = 4096;

    /// <exception cref="IOException">There is such a file, or it cannot be written.</exception>
    public static void Create(string file, TransferIdentity identity)
    {
        using var stream = PrivateFile.Create(file);
        stream.Write(Encoding.ASCII.GetBytes(
            $"# Opens files of: lifeguard pool export --recipient {identity.PublicKey.Text}\n"
            + $"{identity.SecretText}\n"));
        stream.Flush(flushToDisk: true);
    }

    /// <exception cref="SettingsException">It cannot be read, or holds no key.</exception>
    public static TransferIdentity Read(FileInfo file)
    {
        var lines = PrivateFile.Read("--identity", file, MaxLength)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .ToArray();
        return lines is [var only] && TransferIdentity.TryParse(only, out var identity)
            ? identity
            : throw new SettingsException(
                $"--identity: {file.Name} holds no secret key. One is made by: "
                + "lifeguard keys create-transfer FILE");
    }
}
