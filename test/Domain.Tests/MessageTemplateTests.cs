using Lifeguard.Contract;
using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class MessageTemplateTests
{
    private static readonly Uri Link = new("https://id.example.com/confirmUser/?a=1&b=2");

    [Fact]
    public void What_is_put_in_is_not_looked_at_again()
    {
        var filled = new MessageTemplate("For {username}", "{username}: {####}")
            .Fill("123456", "{####}{##x##}", Link, DeliveryMedium.Email);

        Assert.Equal("For {####}{##x##}", filled.Subject);
        Assert.Equal("{####}{##x##}: 123456", filled.Body);
    }

    [Fact]
    public void A_name_cannot_add_mark_up_or_headers()
    {
        var filled = new MessageTemplate("{username}", "{username} {####}")
            .Fill("a<b", "<img src=x>\r\nBcc: all@example.com", null, DeliveryMedium.Email);

        Assert.Equal("<img src=x> Bcc: all@example.com", filled.Subject);
        Assert.StartsWith("&lt;img src=x&gt;", filled.Body, StringComparison.Ordinal);
        Assert.EndsWith("a&lt;b", filled.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_between_the_marks_becomes_the_text_of_the_link()
    {
        var filled = new MessageTemplate("s", "Please {##Verify Email##} or {##Hier klicken##}")
            .Fill("123456", null, Link, DeliveryMedium.Email);

        const string Target = "https://id.example.com/confirmUser/?a=1&amp;b=2";
        Assert.Equal(
            $"Please <a href=\"{Target}\">Verify Email</a> or <a href=\"{Target}\">Hier klicken</a>",
            filled.Body);
    }

    [Theory]
    [InlineData(DeliveryMedium.Email)]
    [InlineData(DeliveryMedium.Sms)]
    public void Without_a_link_the_code_stands_in_its_place(DeliveryMedium medium) => Assert.Equal(
        "Please 123456",
        new MessageTemplate(null, "Please {##Verify Email##}").Fill("123456", null, null, medium).Body);

    [Theory]
    [InlineData("{##Klick {username}##}", "<a>Klick {username}</a>")]
    [InlineData("{##a{b##} {##c}d##}", "<a>a{b</a> <a>c}d</a>")]
    [InlineData("{##two\nlines##}", "<a>two\nlines</a>")]
    [InlineData("{####} {##x##}", "1 <a>x</a>")]
    [InlineData("{## {####} ##}", "{## 1 ##}")]
    public void The_text_of_a_link_may_hold_anything_but_another_mark(string body, string filled)
    {
        var link = new Uri("https://id.example.com/");
        var message = new MessageTemplate("s", body).Fill("1", null, link, DeliveryMedium.Email);

        Assert.Equal(filled, message.Body.Replace($" href=\"{link}\"", "", StringComparison.Ordinal));
        Assert.True(MessageTemplate.HasPlaceForCode(body));
    }

    [Theory]
    [InlineData("{####}", true)]
    [InlineData("{##Click Here##}", true)]
    [InlineData("{##}", false)]
    [InlineData("{username}", false)]
    public void A_code_needs_a_place(string text, bool isThere) =>
        Assert.Equal(isThere, MessageTemplate.HasPlaceForCode(text));

    [Fact]
    public void Only_messages_of_a_registration_hold_a_link() => Assert.Equal(
        ["SignUp", "ResendCode"],
        MessageSource.All.Where(source => source.CanLink).Select(source => source.Name));

    [Fact]
    public void A_pool_that_verifies_by_link_has_words_for_it()
    {
        var pool = new UserPool
        {
            Id = "p",
            Settings = new()
            {
                VerificationMessageTemplate =
                    new() { DefaultEmailOption = DefaultEmailOptionType.ConfirmWithLink },
            },
            CreatedAt = default,
            ModifiedAt = default,
        };

        Assert.Contains(
            "{##Verify Email##}", Of(MessageSource.SignUp, true).Body, StringComparison.Ordinal);
        Assert.Contains("{####}", Of(MessageSource.SignUp, false).Body, StringComparison.Ordinal);
        Assert.Contains("{####}", Of(MessageSource.ForgotPassword, false).Body, StringComparison.Ordinal);

        MessageTemplate Of(MessageSource source, bool canLink) =>
            MessageTemplate.Of(pool, source, DeliveryMedium.Email, canLink);
    }
}
