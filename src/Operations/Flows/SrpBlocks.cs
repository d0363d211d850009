using System.Buffers;
using System.Text.Json;
using Lifeguard.Domain;

namespace Lifeguard.Operations.Flows;

/// <summary>SECRET_BLOCK: the state between the two legs of SRP, sealed, which clients send back as they got
/// it.</summary>
public sealed class SrpBlocks(Sealer sealer)
{
    /// <param name="purpose">Keeps a block of one kind from passing as one of another.</param>
    /// <param name="more">Writes what the kind needs besides.</param>
    public string Seal(string purpose, string poolId, SrpState state, Action<Utf8JsonWriter> more)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteBase64String("A", state.ClientPublic);
            writer.WriteBase64String("b", state.Pair.Secret);
            writer.WriteBase64String("B", state.Pair.Public);
            more(writer);
            writer.WriteEndObject();
        }

        return Convert.ToBase64String(sealer.Seal(purpose, poolId, buffer.WrittenSpan));
    }

    /// <summary>What is in a block; null where it is none of this kind and pool.</summary>
    /// <param name="read">Reads what the kind needs besides; must not keep the element.</param>
    public OpenedBlock<T>? Open<T>(string purpose, string poolId, string text, Func<JsonElement, T> read)
    {
        var raw = new byte[(text.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(text, raw, out var length)) return null;
        raw = raw[..length];
        if (sealer.Open(purpose, poolId, raw) is not { } content) return null;
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        var state = new SrpState(
            root.GetProperty("A").GetBytesFromBase64(),
            new(root.GetProperty("b").GetBytesFromBase64(), root.GetProperty("B").GetBytesFromBase64()));
        return new(raw, state, read(root));
    }
}

/// <summary>A block that was opened.</summary>
/// <param name="Raw">Its bytes, which the claim signs.</param>
public sealed record OpenedBlock<T>(byte[] Raw, SrpState State, T More)
{
    /// <summary>Never prints its members.</summary>
    public override string ToString() => "OpenedBlock";
}
