using System.Text;
using CsCheck;
using Xunit;

namespace Lifeguard.Protocol.Tests;

public sealed class SealedBoxTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Nonce = [.. Enumerable.Range(50, 12).Select(i => (byte)i)];
    private static readonly byte[] Purpose = "session|eu-west-1_a"u8.ToArray();
    private static readonly byte[] Value = "the value"u8.ToArray();

    [Fact]
    public void What_is_sealed_is_opened() => Gen.Select(
        Gen.Byte.Array[32],
        Gen.Char.AlphaNumeric.Array[1, 80],
        Gen.Byte.Array[0, 100],
        Gen.Byte.Array[0, 2000])
        .Sample((key, id, purpose, value) =>
        {
            var box = SealedBox.Seal(key, new(id), Nonce, purpose, value);
            Assert.True(SealedBox.TryReadKeyId(box, out var keyId));
            Assert.Equal(new string(id), keyId);
            Assert.True(SealedBox.TryOpen(key, purpose, box, out var opened));
            Assert.Equal(value, opened);
        });

    [Fact]
    public void The_layout_is_version_key_id_nonce_ciphertext_tag()
    {
        var box = SealedBox.Seal(Key, "k1", Nonce, Purpose, Value);
        Assert.Equal([1, 2, (byte)'k', (byte)'1', .. Nonce], box[..16]);
        Assert.Equal(16 + Value.Length + 16, box.Length);
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        var box = SealedBox.Seal(Key, "k1", Nonce, Purpose, Value);
        Assert.All(
            Tampering.OfEachByte(box),
            altered => Assert.False(SealedBox.TryOpen(Key, Purpose, altered, out _)));
    }

    [Fact]
    public void Another_key_or_purpose_does_not_open()
    {
        var box = SealedBox.Seal(Key, "k1", Nonce, Purpose, Value);
        Assert.False(SealedBox.TryOpen(new byte[32], Purpose, box, out _));
        Assert.False(SealedBox.TryOpen(Key, "refresh|eu-west-1_a"u8, box, out _));
        Assert.False(SealedBox.TryOpen(Key, [], box, out _));
    }

    [Fact]
    public void A_piece_of_the_head_cannot_move_into_the_associated_data()
    {
        var box = SealedBox.Seal(Key, "ab", Nonce, "c"u8, Value);
        byte[] moved = [1, 3, .. "abc"u8, .. box[4..]];
        Assert.False(SealedBox.TryOpen(Key, [], moved, out _));
    }

    [Fact]
    public void Random_bytes_are_refused_without_an_error() =>
        Gen.Byte.Array[0, 80].Sample(bytes =>
        {
            byte[] withHead = [1, 2, .. bytes];
            Assert.False(SealedBox.TryOpen(Key, Purpose, bytes, out _));
            Assert.False(SealedBox.TryOpen(Key, Purpose, withHead, out _));
        });

    [Fact]
    public void Keys_nonces_and_key_ids_of_other_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SealedBox.Seal(new byte[16], "k", Nonce, [], Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => SealedBox.Seal(Key, "k", new byte[11], [], Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => SealedBox.Seal(Key, "", Nonce, [], Value));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SealedBox.Seal(Key, new('k', 256), Nonce, [], Value));
        Assert.False(SealedBox.TryReadKeyId([1, 1, 0xff, .. new byte[28]], out _));
        Assert.True(SealedBox.TryReadKeyId([1, 1, (byte)'k', .. new byte[28]], out _));
        Assert.False(SealedBox.TryReadKeyId([2, 1, (byte)'k', .. new byte[28]], out _));
        Assert.False(SealedBox.TryReadKeyId(Encoding.UTF8.GetBytes("\u0001"), out _));
    }
}
