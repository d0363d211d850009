using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class CodeDestinationTests
{
    [Theory]
    [InlineData("test@example.com", "t***@e***")]
    [InlineData("t@e", "t***@e***")]
    [InlineData("\U0001F600a@example.com", "\U0001F600***@e***")]
    [InlineData("a@\U0001F600.example", "a***@\U0001F600***")]
    [InlineData("@example.com", "***")]
    [InlineData("test@", "***")]
    [InlineData("test", "***")]
    public void Of_an_address_the_first_characters_are_shown_and_each_is_whole(string address, string shown)
    {
        Assert.Equal(shown, CodeDestination.MaskEmail(address));
        Assert.Equal(shown, new CodeDestination(AttributeNames.Email, address).Details.Destination);
    }
}
