using System.Text;

namespace Lifeguard.Protocol.EncryptionSdk;

/// <summary>What a message is bound to: pairs of texts that its reader sees and nobody can
/// change.</summary>
public static class EncryptionContext
{
    /// <summary>The pairs by their names in UTF-8, with a count in front and lengths between (AWS Encryption
    /// SDK message format, "AAD"); nothing at all for none.</summary>
    public static byte[] Serialize(IReadOnlyDictionary<string, string> context)
    {
        if (context.Count == 0) return [];
        var bytes = new MemoryStream();
        bytes.WriteUInt16(context.Count);
        foreach (var (name, value) in context.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            bytes.WriteSized(Encoding.UTF8.GetBytes(name));
            bytes.WriteSized(Encoding.UTF8.GetBytes(value));
        }

        return bytes.ToArray();
    }
}
