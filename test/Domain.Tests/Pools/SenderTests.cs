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
