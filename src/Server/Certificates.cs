using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server;

/// <summary>The certificates in the files that settings name.</summary>
internal static class Certificates
{
    private const string OwnFile = "Tls:CertificateFile";
    private const string KeyFile = "Tls:KeyFile";
    private const string AuthoritiesFile = "Email:Smtp:TrustedCertificateFile";

    /// <summary>The server's own: the leaf with its key first, then the rest of the chain; null without
    /// TLS.</summary>
    /// <exception cref="SettingsException">A file cannot be read, or the key is not the
    /// certificate's.</exception>
    public static X509Certificate2Collection? Own(ServerSettings settings)
    {
        if (settings.Listen.Scheme != Uri.UriSchemeHttps) return null;
        if (settings.TlsCertificateFile is not { } certificate)
            throw new SettingsException(OwnFile, "Listening on https needs a certificate.");
        if (settings.TlsKeyFile is not { } key)
            throw new SettingsException(KeyFile, "A certificate needs its private key.");
        var chain = Read(OwnFile, certificate);
        chain[0] = WithKey(chain[0], certificate, key, settings.Life);
        return chain;
    }

    /// <summary>The private authorities that vouch for the mail server; none where no file is
    /// set.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or holds none.</exception>
    public static X509Certificate2Collection MailAuthorities(ServerSettings settings) =>
        settings.Smtp?.TrustedCertificateFile is { } file ? Read(AuthoritiesFile, file) : [];

    private static X509Certificate2Collection Read(string setting, string file)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CannotBeRead(setting, file, failure);
        }
        catch (CryptographicException broken)
        {
            throw new SettingsException(setting, $"{file} holds no sound certificate: {broken.Message}");
        }

        return found.Count > 0
            ? found
            : throw new SettingsException(setting, $"{file} holds no certificate in PEM.");
    }

    private static X509Certificate2 WithKey(X509Certificate2 leaf, string certificate, string file, Life life)
    {
        var key = PrivateKey(file, life);
        try
        {
            return X509Certificate2.CreateFromPem(leaf.ExportCertificatePem(), key);
        }
        // Which of the two it is depends on the kinds of the keys.
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new SettingsException(
                KeyFile,
                $"{file} does not hold, in PEM and without a passphrase, the private key of the first "
                + $"certificate in {certificate}.");
        }
    }

    /// <summary>The text of the key's file, which under <c>serve</c> not everybody may open. Its group may
    /// read it: the keys of a machine often belong to root and to a group of servers. The mode is that of the
    /// opened file, so that it cannot be exchanged between the check and the reading.</summary>
    private static string PrivateKey(string file, Life life)
    {
        const UnixFileMode Excessive =
            UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;
        try
        {
            using var stream = File.OpenRead(file);
            if (life is Life.Serve && !OperatingSystem.IsWindows()
                && (File.GetUnixFileMode(stream.SafeFileHandle) & Excessive) != UnixFileMode.None)
                throw new SettingsException(KeyFile, MasterKey.OpenToOthers(file));
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CannotBeRead(KeyFile, file, failure);
        }
    }

    private static SettingsException CannotBeRead(string setting, string file, Exception failure) =>
        new(setting, $"{file} cannot be read: {failure.Message}");
}
