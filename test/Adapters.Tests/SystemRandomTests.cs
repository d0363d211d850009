using System.Security.Cryptography;

namespace Lifeguard.Adapters.Tests;

public sealed class SystemRandomTests
{
    [Fact]
    public void Keys_have_2048_bits_and_are_never_given_twice()
    {
        using var random = new SystemRandom();

        using var first = random.RsaKey();
        using var second = random.RsaKey();

        Assert.Equal(2048, first.KeySize);
        Assert.NotEqual(first.ExportRSAPublicKey(), second.ExportRSAPublicKey());
    }

    [Fact]
    public async Task Keys_are_made_ahead_and_replaced()
    {
        using var random = new SystemRandom();
        Assert.Equal(0, random.ReadyKeys);
        await random.PrepareKeys();
        Assert.Equal(4, random.ReadyKeys);

        random.RsaKey().Dispose();
        await random.PrepareKeys();

        Assert.Equal(4, random.ReadyKeys);
    }

    [Fact]
    public void A_key_can_be_taken_before_any_is_ready()
    {
        using var random = new SystemRandom();
        _ = random.PrepareKeys();

        using var key = random.RsaKey();

        Assert.NotEmpty(key.SignData([1], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void Bytes_differ()
    {
        using var random = new SystemRandom();

        Assert.NotEqual(random.Bytes(32), random.Bytes(32));
    }
}
