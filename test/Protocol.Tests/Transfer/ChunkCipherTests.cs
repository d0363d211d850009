using System.Text;
using CsCheck;
using Lifeguard.Protocol.Passwords;
using Lifeguard.Protocol.Transfer;
using Xunit;

namespace Lifeguard.Protocol.Tests.Transfer;

public sealed class ChunkCipherTests
{
    private static readonly byte[] Head = "a head"u8.ToArray();
    private static readonly byte[] FileId = new byte[FileKeys.FileIdLength];
    private static readonly FileLock.Passphrase Cheap = new(new(8, 1), new byte[Argon2idHash.SaltLength]);
    private static readonly FileKeys Keys = FileKeys.From("passphrase", Cheap, FileId);

    [Fact]
    public void A_chunk_opens_in_its_place_only() =>
        Gen.Select(
            Gen.Long[0, long.MaxValue],
            Gen.Bool,
            Gen.Byte.Array[0, 300]).Sample((number, isLast, text) =>
        {
            using var cipher = Keys.Cipher(Head);
            var chunk = cipher.Seal(number, isLast, text);
            Assert.Equal(text.Length + ChunkCipher.Overhead, chunk.Length);
            Assert.True(cipher.TryOpen(number, isLast, chunk, out var opened));
            Assert.Equal(text, opened);
            Assert.False(cipher.TryOpen(number, !isLast, chunk, out _));
            Assert.False(cipher.TryOpen(number ^ 1, isLast, chunk, out _));
        });

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        using var cipher = Keys.Cipher(Head);
        var chunk = cipher.Seal(7, false, "text"u8);

        Assert.All(
            Tampering.OfEachByte(chunk), altered => Assert.False(cipher.TryOpen(7, false, altered, out _)));
    }

    [Fact]
    public void Another_head_file_passphrase_or_cost_opens_nothing()
    {
        using var cipher = Keys.Cipher(Head);
        var chunk = cipher.Seal(0, true, "text"u8);
        byte[] otherId = [1, .. FileId[1..]];
        FileLock.Passphrase otherSalt = new(Cheap.Cost, [1, .. Cheap.Salt[1..]]);
        FileLock.Passphrase otherCost = new(new(8, 2), Cheap.Salt);
        FileKeys[] others =
        [
            FileKeys.From("passphrasf", Cheap, FileId), FileKeys.From("passphrase", Cheap, otherId),
            FileKeys.From("passphrase", otherSalt, FileId), FileKeys.From("passphrase", otherCost, FileId),
        ];

        using var sameKeys = Keys.Cipher("another head"u8);
        Assert.False(sameKeys.TryOpen(0, true, chunk, out _));
        Assert.All(others, keys =>
        {
            using var other = keys.Cipher(Head);
            Assert.False(other.TryOpen(0, true, chunk, out _));
            Assert.False(keys.IsAuthentic(Head, Keys.Authenticate(Head)));
        });
        using var same = FileKeys.From("passphrase", Cheap, FileId).Cipher(Head);
        Assert.True(same.TryOpen(0, true, chunk, out _));
        Assert.True(Keys.IsAuthentic(Head, Keys.Authenticate(Head)));
        Assert.False(Keys.IsAuthentic(Head, Keys.Authenticate(Head).AsSpan(1)));
    }

    [Fact]
    public void Writer_and_recipient_agree_and_nobody_else_does()
    {
        var (mine, ephemeral, stranger) = (Identity(1), Identity(2), Identity(3));
        var locked = new FileLock.Recipient(mine.PublicKey, ephemeral.PublicKey);

        var written = FileKeys.ForWriter(ephemeral, locked, FileId)!;
        var read = FileKeys.From(mine, locked, FileId)!;

        Assert.True(read.IsAuthentic(Head, written.Authenticate(Head)));
        Assert.Null(FileKeys.From(stranger, locked, FileId));
        var pretended = FileKeys.From(stranger, locked with { To = stranger.PublicKey }, FileId)!;
        Assert.False(pretended.IsAuthentic(Head, written.Authenticate(Head)));
        var fitsAll = TransferPublicKey.From(new byte[TransferPublicKey.Length]);
        Assert.Null(FileKeys.ForWriter(ephemeral, locked with { To = fitsAll }, FileId));
    }

    [Fact]
    public void Public_keys_are_those_of_RFC_7748()
    {
        // RFC 7748 §5.2: the scalar 9 times the base point.
        var identity = TransferIdentity.From([9, .. new byte[TransferIdentity.Length - 1]]);

        Assert.Equal(
            "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079",
            Convert.ToHexStringLower(identity.PublicKey.Bytes));
        Assert.True(TransferIdentity.TryParse(identity.SecretText, out var again));
        Assert.Equal(identity.PublicKey.Bytes, again.PublicKey.Bytes);
    }

    [Fact]
    public void A_typing_error_in_a_key_is_noticed()
    {
        var identity = Identity(5);
        var (publicText, secretText) = (identity.PublicKey.Text, identity.SecretText);

        Assert.True(TransferPublicKey.TryParse(publicText, out var key));
        Assert.Equal(identity.PublicKey.Bytes, key.Bytes);
        Assert.True(TransferIdentity.TryParse(secretText, out _));
        Assert.All(
            Tampering.OfEachCharacter(publicText),
            altered => Assert.False(TransferPublicKey.TryParse(altered, out _), altered));
        Assert.All(
            Tampering.OfEachCharacter(secretText),
            altered => Assert.False(TransferIdentity.TryParse(altered, out _), altered));
        Assert.False(TransferPublicKey.TryParse(secretText, out _));
        Assert.False(TransferPublicKey.TryParse(null, out _));
    }

    [Fact]
    public void Nothing_prints_a_secret()
    {
        var identity = Identity(5);

        Assert.DoesNotContain(identity.SecretText, identity.ToString(), StringComparison.Ordinal);
        Assert.Equal("FileKeys", Keys.ToString());
    }

    // Of the first byte some bits are ignored (RFC 7748 §5).
    private static TransferIdentity Identity(byte second) =>
        TransferIdentity.From([0, second, .. new byte[TransferIdentity.Length - 2]]);
}
