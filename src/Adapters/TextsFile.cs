using Lifeguard.Domain;

namespace Lifeguard.Adapters;

/// <summary>Reads the wordings of messages from a file.</summary>
public static class TextsFile
{
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="FormatException">It holds no such texts.</exception>
    public static LocalizedTexts Read(string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
            throw new FormatException($"It is larger than {MaxBytes} bytes.");
        return LocalizedTexts.Read(File.ReadAllBytes(path));
    }
}
