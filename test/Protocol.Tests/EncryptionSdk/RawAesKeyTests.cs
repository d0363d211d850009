using Lifeguard.Protocol.EncryptionSdk;
using Xunit;

namespace Lifeguard.Protocol.Tests.EncryptionSdk;

public sealed class RawAesKeyTests
{
    private static readonly byte[] DataKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Iv = new byte[RawAesKey.IvLength];
    private static readonly Dictionary<string, string> Context = new() { ["userpool-id"] = "p" };

    [Fact]
    public void Names_the_key_the_lengths_and_the_iv_in_front_of_what_it_wraps()
    {
        var wrapped = Key().Wrap(DataKey, Context, Iv);

        Assert.Equal("space", wrapped.Provider);
        Assert.Equal([.. "name"u8, 0, 0, 0, 128, 0, 0, 0, 12, .. Iv], wrapped.KeyInfo);
        Assert.Equal(48, wrapped.Wrapped.Length);
    }

    [Fact]
    public void Opens_what_it_has_wrapped() =>
        Assert.Equal(DataKey, Key().Open(Key().Wrap(DataKey, Context, Iv), Context));

    [Fact]
    public void Opens_nothing_else()
    {
        var wrapped = Key().Wrap(DataKey, Context, Iv);

        Assert.Null(Key().Open(wrapped, new Dictionary<string, string> { ["userpool-id"] = "q" }));
        Assert.Null(new RawAesKey("other", "name", new byte[32]).Open(wrapped, Context));
        Assert.Null(new RawAesKey("space", "other", new byte[32]).Open(wrapped, Context));
        Assert.Null(new RawAesKey("space", "name", [1, .. new byte[31]]).Open(wrapped, Context));
        Assert.Null(Key().Open(wrapped with { Wrapped = [1, 2, 3] }, Context));
        Assert.Null(Key().Open(wrapped with { Wrapped = [.. wrapped.Wrapped.Reverse()] }, Context));
        Assert.Null(Key().Open(wrapped with { KeyInfo = [] }, Context));
    }

    private static RawAesKey Key() => new("space", "name", new byte[32]);
}
