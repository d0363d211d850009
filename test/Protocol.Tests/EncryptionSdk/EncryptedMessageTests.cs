using System.Text;
using Lifeguard.Protocol.EncryptionSdk;
using Xunit;

namespace Lifeguard.Protocol.Tests.EncryptionSdk;

public sealed class EncryptedMessageTests
{
    private const string Key = "arn:aws:kms:us-east-1:000000000000:key/1";

    /// <summary>By the AWS Encryption SDK for JavaScript 5.0.2, under the data key 00 01 … 1f.</summary>
    private const string Foreign =
        "AgR4knmRZk2fG0pklPjYkX13yp8hmNc8WQpD7i/6W8W/pTAAKwACAAFiAALDvAALdXNlcnBvb2wtaWQAE3VzLWVhc3Qt"
        + "MV9BYjFDZDJFZjMAAQAHYXdzLWttcwAoYXJuOmF3czprbXM6dXMtZWFzdC0xOjAwMDAwMDAwMDAwMDprZXkvMQADAQID"
        + "AgAAEACDh3RlMZcFaVHJbrUh7ejYXRaJRXoGKM+vsyg8vebhGyO/iWQGPSoDq95VktcG0Sn/////AAAAAQAAAAAAAAAA"
        + "AAAAAQAAAAYe/VJiFBasER9NsUMXzKgKjs0uwYkF";

    private static readonly byte[] DataKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly Dictionary<string, string> Context = new()
    {
        ["userpool-id"] = "us-east-1_Ab1Cd2Ef3",
        ["b"] = "ü",
    };

    [Fact]
    public void Opens_what_another_SDK_has_written()
    {
        var message = EncryptedMessage.Parse(Convert.FromBase64String(Foreign));

        Assert.NotNull(message);
        Assert.Equal(Context, message.Context);
        var key = Assert.Single(message.Keys);
        Assert.Equal((WrappedDataKey.Kms, Key), (key.Provider, key.KeyName));
        Assert.Equal([1, 2, 3], key.Wrapped);
        Assert.Equal("123456", Encoding.UTF8.GetString(message.Open(DataKey)!));
    }

    [Fact]
    public void Writes_the_same_bytes_as_another_SDK()
    {
        var foreign = Convert.FromBase64String(Foreign);

        var written = EncryptedMessage.Write(
            DataKey, new(WrappedDataKey.Kms, Key, [1, 2, 3]), Context, foreign.AsSpan(3, 32), "123456"u8);

        Assert.Equal(foreign, written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123456")]
    [InlineData("Aa1!&lt;ä")]
    public void Opens_what_it_has_written(string text)
    {
        var message = EncryptedMessage.Parse(Write(text, []));

        Assert.NotNull(message);
        Assert.Empty(message.Context);
        Assert.Equal(text, Encoding.UTF8.GetString(message.Open(DataKey)!));
    }

    [Fact]
    public void No_bit_can_be_changed()
    {
        var good = Write("123456", Context);
        for (var at = 0; at < good.Length; at++)
        {
            var bad = good.ToArray();
            bad[at] ^= 1;
            Assert.Null(EncryptedMessage.Parse(bad)?.Open(DataKey));
        }
    }

    [Fact]
    public void No_part_of_it_is_a_message()
    {
        var good = Write("123456", Context);
        for (var length = 0; length < good.Length; length++)
            Assert.Null(EncryptedMessage.Parse(good.AsSpan(0, length)));
        Assert.Null(EncryptedMessage.Parse([.. good, 0]));
    }

    [Fact]
    public void Another_key_does_not_open_it() =>
        Assert.Null(EncryptedMessage.Parse(Write("123456", Context))!.Open(new byte[32]));

    private static byte[] Write(string text, Dictionary<string, string> context) => EncryptedMessage.Write(
        DataKey, new(WrappedDataKey.Kms, Key, [1, 2, 3]), context, new byte[32],
        Encoding.UTF8.GetBytes(text));
}
