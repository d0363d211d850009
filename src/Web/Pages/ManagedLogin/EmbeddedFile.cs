using System.Security.Cryptography;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>Style sheets, scripts and texts, which are files beside this one and travel inside the
/// program.</summary>
internal static class EmbeddedFile
{
    /// <summary>The bytes of a file, by its path from this folder.</summary>
    public static ReadOnlyMemory<byte> Read(string path)
    {
        var name = $"Pages/ManagedLogin/{path}";
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{path} is not part of the program.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Changes whenever the bytes do.</summary>
    public static string Version(ReadOnlyMemory<byte> bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, 6));
}
