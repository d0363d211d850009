using System.Security.Cryptography;

namespace Lifeguard.Protocol.Saml.Xml;

/// <summary>AES as XML encryption uses it (xmlenc-core1 §5.2).</summary>
internal sealed record ContentCipher(int KeyLength, bool IsGcm)
{
    private const int Block = 16;
    private const int Nonce = 12;
    private const int Tag = 16;

    /// <exception cref="SamlException">Algorithm.</exception>
    public static ContentCipher Of(string? identifier) => identifier switch
    {
        "http://www.w3.org/2009/xmlenc11#aes128-gcm" => new(16, true),
        "http://www.w3.org/2009/xmlenc11#aes192-gcm" => new(24, true),
        "http://www.w3.org/2009/xmlenc11#aes256-gcm" => new(32, true),
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc" => new(16, false),
        "http://www.w3.org/2001/04/xmlenc#aes192-cbc" => new(24, false),
        "http://www.w3.org/2001/04/xmlenc#aes256-cbc" => new(32, false),
        _ => throw new SamlException(SamlFailure.Algorithm),
    };

    /// <summary>What was encrypted; null where it was not with this key.</summary>
    public byte[]? Open(byte[] key, ReadOnlySpan<byte> content)
    {
        if (key.Length != KeyLength) return null;
        return IsGcm ? OpenGcm(key, content) : OpenCbc(key, content);
    }

    private static byte[]? OpenGcm(byte[] key, ReadOnlySpan<byte> content)
    {
        if (content.Length < Nonce + Tag) return null;
        var opened = new byte[content.Length - Nonce - Tag];
        using var cipher = new AesGcm(key, Tag);
        try
        {
            cipher.Decrypt(content[..Nonce], content[Nonce..^Tag], content[^Tag..], opened);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return opened;
    }

    /// <summary>The last byte says how many are padding; what the others are is left open (xmlenc-core1
    /// §5.2.2).</summary>
    private static byte[]? OpenCbc(byte[] key, ReadOnlySpan<byte> content)
    {
        if (content.Length < 2 * Block || content.Length % Block != 0) return null;
        using var cipher = Aes.Create();
        cipher.Key = key;
        var opened = cipher.DecryptCbc(content[Block..], content[..Block], PaddingMode.None);
        return opened[^1] is >= 1 and <= Block ? opened[..^opened[^1]] : null;
    }
}
