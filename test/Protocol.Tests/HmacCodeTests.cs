using System.Security.Cryptography;
using Xunit;

namespace Lifeguard.Protocol.Tests;

public sealed class HmacCodeTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void A_code_hashes_to_the_keyed_hash_of_all_it_is_bound_to() => Assert.Equal(
        HMACSHA256.HashData(Key, "reset\0eu-west-1_a\0sub-1\0123456"u8),
        HmacCode.Compute(Key, "reset", "eu-west-1_a", "sub-1", "123456"));

    [Fact]
    public void Only_the_same_code_for_the_same_use_pool_and_user_matches()
    {
        var stored = HmacCode.Compute(Key, "reset", "pool", "sub", "123456");
        Assert.True(HmacCode.Verify(stored, Key, "reset", "pool", "sub", "123456"));
        Assert.False(HmacCode.Verify(stored, Key, "reset", "pool", "sub", "123457"));
        Assert.False(HmacCode.Verify(stored, Key, "reset", "pool", "sub", ""));
        Assert.False(HmacCode.Verify(stored, Key, "verify", "pool", "sub", "123456"));
        Assert.False(HmacCode.Verify(stored, Key, "reset", "other", "sub", "123456"));
        Assert.False(HmacCode.Verify(stored, Key, "reset", "pool", "other", "123456"));
        Assert.False(HmacCode.Verify(stored, new byte[32], "reset", "pool", "sub", "123456"));
        Assert.False(HmacCode.Verify([], Key, "reset", "pool", "sub", "123456"));
        Assert.False(HmacCode.Verify(stored.AsSpan(0, 31), Key, "reset", "pool", "sub", "123456"));
    }

    [Fact]
    public void A_zero_character_cannot_shift_the_borders()
    {
        Assert.Throws<ArgumentException>(() => HmacCode.Compute(Key, "a\0b", "c", "d", "1"));
        Assert.Throws<ArgumentException>(() => HmacCode.Compute(Key, "a", "b\0c", "d", "1"));
        Assert.Throws<ArgumentException>(() => HmacCode.Compute(Key, "a", "b", "c\0d", "1"));
    }
}
