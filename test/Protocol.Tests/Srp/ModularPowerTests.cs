using System.Numerics;
using CsCheck;
using Lifeguard.Protocol.Srp;
using Xunit;

namespace Lifeguard.Protocol.Tests.Srp;

public sealed class ModularPowerTests
{
    [Fact]
    public void OpenSsl_and_managed_arithmetic_agree()
    {
        Assert.SkipUnless(OpenSslNumbers.IsAvailable, "This machine has no libcrypto.so.3.");
        Gen.Select(Gen.Byte.Array[0, 520], Gen.Byte.Array[0, 32]).Sample(
            (number, exponent) => Assert.Equal(
                ModularPower.Managed(number, exponent), OpenSslPower.Compute(number, exponent)),
            iter: 200);
    }

    [Fact]
    public void OpenSsl_and_managed_arithmetic_agree_at_the_edges()
    {
        Assert.SkipUnless(OpenSslNumbers.IsAvailable, "This machine has no libcrypto.so.3.");
        var n = SrpGroup.N;
        BigInteger[] numbers = [0, 1, 2, n - 1, n, n + 1, (n - 1) / 2, n * 2];
        BigInteger[] exponents = [0, 1, 2, n - 1];
        foreach (var number in numbers)
            foreach (var exponent in exponents)
            {
                var (x, e) = (SrpClient.Pad(number), SrpClient.Pad(exponent));
                Assert.Equal(ModularPower.Managed(x, e), OpenSslPower.Compute(x, e));
            }
    }

    [Fact]
    public void Many_threads_may_compute_at_once() =>
        MustAgreeOnManyThreads(exponent => ModularPower.Compute([2], exponent));

    [Fact]
    public void A_power_of_the_generator_is_what_it_is_without_a_table()
    {
        Assert.SkipUnless(OpenSslNumbers.IsAvailable, "This machine has no libcrypto.so.3.");
        Gen.Byte.Array[0, GeneratorPower.MaxExponentLength].Sample(
            exponent => Assert.Equal(ModularPower.Managed([2], exponent), GeneratorPower.Compute(exponent)),
            iter: 500);
    }

    [Fact]
    public void A_power_of_the_generator_is_right_for_each_digit_at_each_position()
    {
        Assert.SkipUnless(OpenSslNumbers.IsAvailable, "This machine has no libcrypto.so.3.");
        for (var bit = 0; bit < 8 * GeneratorPower.MaxExponentLength; bit += 4)
            for (var digit = 0; digit < 16; digit++)
            {
                var exponent = SrpGroup.Bytes(new BigInteger(digit) << bit);
                Assert.Equal(ModularPower.Managed([2], exponent), GeneratorPower.Compute(exponent));
            }
    }

    [Fact]
    public void A_longer_exponent_of_the_generator_goes_without_the_table()
    {
        var exponent = Enumerable.Repeat((byte)0xa5, GeneratorPower.MaxExponentLength + 1).ToArray();
        Assert.Equal(ModularPower.Managed([2], exponent), ModularPower.OfGenerator(exponent));
    }

    [Fact]
    public void Many_threads_may_raise_the_generator_at_once() =>
        MustAgreeOnManyThreads(exponent => ModularPower.OfGenerator(exponent));

    private static void MustAgreeOnManyThreads(Func<byte[], byte[]> power)
    {
        byte[][] exponents =
            [.. Enumerable.Range(1, 64).Select(i => Enumerable.Repeat((byte)i, 32).ToArray())];
        byte[][] expected = [.. exponents.Select(e => ModularPower.Managed([2], e))];
        Parallel.For(0, 256, i => Assert.Equal(expected[i % 64], power(exponents[i % 64])));
    }
}
