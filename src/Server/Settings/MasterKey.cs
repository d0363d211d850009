using System.Text;

namespace Lifeguard.Server.Settings;

/// <summary>The key that wraps all others. Whoever loses it loses every secret in the database.</summary>
public static class MasterKey
{
    /// <summary>Its length in bytes.</summary>
    public const int Size = 32;

    private const int MaxFileBytes = 1024;
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The key that the settings name; null where they name none.</summary>
    /// <exception cref="SettingsException">It cannot be read, others can read it, or it is no
    /// key.</exception>
    public static byte[]? Load(ServerSettings settings)
    {
        if (settings.MasterKey is { } text)
            return KeyIn(Encoding.UTF8.GetBytes(text), "MasterKey", "The environment's value");
        return settings.MasterKeyFile is { } file ? Read(file) : null;
    }

    /// <summary>Reads a key file. The mode is that of the opened file, so that it cannot be exchanged between
    /// the check and the reading.</summary>
    /// <exception cref="SettingsException">It cannot be read, others can read it, or it is no
    /// key.</exception>
    /// <param name="setting">Which of the settings names the file.</param>
    public static byte[] Read(string file, string setting = "MasterKeyFile")
    {
        try
        {
            using var stream = File.OpenRead(file);
            if (!OperatingSystem.IsWindows() && IsOpenToOthers(File.GetUnixFileMode(stream.SafeFileHandle)))
                throw new SettingsException(setting, OpenToOthers(file));
            var content = new byte[MaxFileBytes];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return KeyIn(content.AsSpan(0, length), setting, file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(setting, $"{file} cannot be read: {failure.Message}");
        }
    }

    /// <summary>Writes a new key file that only its owner can read. An existing file is left alone.</summary>
    /// <exception cref="IOException">There is such a file, or it cannot be written.</exception>
    public static void Create(string file, ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Size);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var stream = new FileStream(file, options);
        stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>32 bytes as they are, or in base64 with blanks around them; null for anything else.</summary>
    public static byte[]? Parse(ReadOnlySpan<byte> content)
    {
        if (content.Length == Size) return content.ToArray();
        var text = Encoding.ASCII.GetString(content).Trim();
        var key = new byte[Size];
        return text.Length == 44 && Convert.TryFromBase64String(text, key, out var length) && length == Size
            ? key
            : null;
    }

    /// <summary>What can be known of a key file without reading it.</summary>
    public static KeyFileState Look(string? file)
    {
        if (file is null || !File.Exists(file)) return KeyFileState.Missing;
        if (OperatingSystem.IsWindows()) return KeyFileState.Private;
        return IsOpenToOthers(File.GetUnixFileMode(file)) ? KeyFileState.OpenToOthers : KeyFileState.Private;
    }

    internal static string OpenToOthers(string file) =>
        $"{file} is open to other users of this machine; chmod 600 it, and make a new key if it was copied.";

    internal static bool IsOpenToOthers(UnixFileMode mode) =>
        (mode & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None;

    private static byte[] KeyIn(ReadOnlySpan<byte> content, string setting, string place)
    {
        var key = Parse(content)
            ?? throw NoKey(setting, $"{place} must hold {Size} bytes, raw or in base64.");
        return key.AsSpan().ContainsAnyExcept(key[0])
            ? key
            : throw NoKey(setting, $"{place} holds one byte {Size} times, which anybody would try first.");
    }

    private static SettingsException NoKey(string setting, string reason) =>
        new(setting, $"{reason} One is made by: lifeguard keys create-master FILE");
}

/// <summary>State of a key file.</summary>
public enum KeyFileState
{
    Missing,
    OpenToOthers,
    Private,
}
