using Lifeguard.Contract;
using Lifeguard.Domain.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Pools;

public sealed class SenderTests
{
    private const string Identity = "arn:aws:ses:eu-west-1:123456789012:identity/";

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("Club <club@example.com>", null, "Club <club@example.com>")]
    [InlineData("Club <club@example.com>", Identity + "other@example.com", "Club <club@example.com>")]
    [InlineData(null, Identity + "club@example.com", "club@example.com")]
    // A domain is no sender.
    [InlineData(null, Identity + "example.com", null)]
    [InlineData(null, "arn:aws:s3:eu-west-1:123456789012:identity/club@example.com", null)]
    public void Mail_comes_from_the_sender_or_from_the_address_that_is_the_identity(
        string? from, string? source, string? sender) => Assert.Equal(
        sender,
        DeliveryRules.Sender(new EmailConfigurationType { From = from, SourceArn = source }));

    [Theory]
    [InlineData("club@example.com")]
    [InlineData("club@bücher.example")]
    [InlineData("<club@example.com>")]
    [InlineData("The Club <club@example.com>")]
    [InlineData("Club e.V. «Köln» <club@example.com>")]
    [InlineData("\"Club, Inc. \\\"Cologne\\\"\" <club@example.com>")]
    public void A_sender_is_one_address_with_or_without_a_name(string from) => Assert.Equal(
        from, DeliveryRules.Email(new() { From = from }).From);

    [Theory]
    [InlineData("")]
    [InlineData("no-at-sign")]
    [InlineData("The Club")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("Club, Inc. <club@example.com>")]
    [InlineData("a@b.example <club@example.com>")]
    [InlineData("Club <club@example.com>, <c@d.example>")]
    [InlineData("Club <club@example.com> c@d.example")]
    [InlineData("Club <club>")]
    [InlineData("\"Club\" a@b.example, \"c\" <club@example.com>")]
    [InlineData("Club\nBcc: c@d.example <club@example.com>")]
    [InlineData("Club <a.@example.com>")]
    [InlineData(".a@example.com")]
    [InlineData(".. <club@example.com>")]
    public void Anything_else_is_no_sender_and_gets_no_answers(string text)
    {
        Assert.StartsWith(
            "From must be one",
            Assert.Throws<ApiException>(() => DeliveryRules.Email(new() { From = text })).Text);
        Assert.StartsWith(
            "ReplyToEmailAddress must be one",
            Assert.Throws<ApiException>(
                () => DeliveryRules.Email(new() { ReplyToEmailAddress = text })).Text);
    }

    [Fact]
    public void A_pool_without_a_configuration_names_no_sender() => Assert.Null(DeliveryRules.Sender(null));

    [Theory]
    [InlineData("'PASSWORD'", false)]
    [InlineData("'PASSWORD','WEB_AUTHN'", false)]
    [InlineData("'PASSWORD','EMAIL_OTP'", true)]
    public void Only_one_time_codes_make_users_without_passwords(string factors, bool expected)
    {
        var pool = new UserPool
        {
            Id = "eu-west-1_Ab1Cd2Ef3",
            Settings = GivenPools.New(
                $"'Name':'p','Policies':{{'SignInPolicy':{{'AllowedFirstAuthFactors':[{factors}]}}}}"),
            CreatedAt = default,
            ModifiedAt = default,
        };
        var attributes = UserAttributes.Empty.With(AttributeNames.Email, "ana@example.com");

        Assert.Equal((expected, expected), (pool.IsPasswordless, pool.ReachesWithCode(attributes)));
        Assert.False(pool.ReachesWithCode(
            UserAttributes.Empty.With(AttributeNames.PhoneNumber, "+15551230000")));
    }
}
