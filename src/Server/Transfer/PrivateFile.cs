using System.Text;
using Lifeguard.Server.Settings;

namespace Lifeguard.Server.Transfer;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    private const int BufferSize = 1024 * 1024;

    /// <summary>A new file, written in large pieces. An existing one is left alone.</summary>
    /// <exception cref="IOException">There is such a file, or it cannot be written.</exception>
    public static FileStream Create(string file)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = BufferSize,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(file, options);
    }

    /// <summary>The text of a short file.</summary>
    /// <param name="option">What named it, for messages.</param>
    /// <exception cref="SettingsException">It cannot be read, others can read it, or it is too
    /// long.</exception>
    public static string Read(string option, FileInfo file, int maxLength)
    {
        try
        {
            using var stream = file.OpenRead();
            // The mode of the opened file, so that it cannot be exchanged between check and reading.
            if (!OperatingSystem.IsWindows()
                && MasterKey.IsOpenToOthers(File.GetUnixFileMode(stream.SafeFileHandle)))
            {
                throw new SettingsException(
                    $"{option}: {file.Name} is open to other users of this machine; chmod 600 it.");
            }

            var content = new byte[maxLength + 1];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length <= maxLength
                ? Encoding.UTF8.GetString(content, 0, length)
                : throw new SettingsException($"{option}: {file.Name} is too long.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{option}: {file.Name} cannot be read: {failure.Message}");
        }
    }
}
