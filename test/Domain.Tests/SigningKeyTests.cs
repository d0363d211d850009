using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class SigningKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 6, 4, 5, 9, TimeSpan.Zero);

    [Theory]
    // The only key signs at once; one that was added waits until everybody may know it.
    [InlineData("a:0", "a")]
    [InlineData("a:60 b:0", "a")]
    [InlineData("a:60 b:9", "a")]
    [InlineData("a:60 b:10", "b")]
    [InlineData("a:60 b:30 c:20", "c")]
    [InlineData("a:60 b:30 c:5", "b")]
    // Without one that is known well enough, the oldest is.
    [InlineData("a:5 b:4", "a")]
    // One that has retired signs nothing, and its place is taken at once.
    [InlineData("a:60:1 b:0", "b")]
    [InlineData("a:60:0 b:0", "b")]
    [InlineData("a:60:-1 b:0", "a")]
    [InlineData("a:60:1", null)]
    [InlineData("", null)]
    public void The_newest_key_that_everybody_knows_signs(string keys, string? expected)
    {
        var all = keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Key).Reverse();

        Assert.Equal(expected, SigningKey.InForce(all, TokenUse.Id, Now)?.KeyId);
        Assert.Null(SigningKey.InForce(all, TokenUse.Access, Now));
    }

    [Fact]
    public void A_key_is_published_as_long_as_what_it_signed_may_be_good()
    {
        Assert.True(Key("a:1000000").IsPublished(Now));
        Assert.True(Key("a:3000:1499").IsPublished(Now));
        Assert.False(Key("a:3000:1500").IsPublished(Now));
    }

    /// <summary><c>id:minutes since its creation:minutes since it retired</c></summary>
    private static SigningKey Key(string text)
    {
        var parts = text.Split(':');
        return new()
        {
            PoolId = "p",
            KeyId = parts[0],
            Use = TokenUse.Id,
            PrivateKey = [],
            CreatedAt = Now.AddMinutes(-int.Parse(parts[1])),
            RetiredAt = parts.Length > 2 ? Now.AddMinutes(-int.Parse(parts[2])) : null,
        };
    }
}
