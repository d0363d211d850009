using Lifeguard.Domain;

namespace Lifeguard.Adapters;

/// <summary>Reads wordings from a file.</summary>
public static class TextsFile
{
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Those of messages.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="FormatException">It holds no such texts.</exception>
    public static LocalizedTexts Read(string path) => LocalizedTexts.Read(Bytes(path));

    /// <summary>The file as it is.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="FormatException">It is larger than texts are.</exception>
    public static byte[] Bytes(string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
            throw new FormatException($"It is larger than {MaxBytes} bytes.");
        return File.ReadAllBytes(path);
    }
}
