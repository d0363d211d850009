using Lifeguard.Contract;
using Lifeguard.Domain.Pools;
using Xunit;

namespace Lifeguard.Domain.Tests.Pools;

public sealed class AcrLevelTests
{
    [Theory]
    [InlineData("pwd", 1)]
    [InlineData("", 1)]
    [InlineData("sms", 2)]
    [InlineData("email_otp", 2)]
    [InlineData("swk", 3)]
    [InlineData("hwk", 3)]
    [InlineData("pwd sms mfa", 3)]
    [InlineData("pwd email_otp mfa", 3)]
    [InlineData("pwd otp mfa", 4)]
    [InlineData("email_otp pwd mfa", 3)]
    [InlineData("swk pwd mfa", 3)]
    [InlineData("fed", 1)]
    public void What_a_user_has_proved_reaches_a_level(string methods, int level)
    {
        var proofs = methods.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var named = new Dictionary<string, AcrLevelConfigType>
        {
            [$"Level{level}"] = new() { AcrValue = "urn:own" },
        };

        Assert.Equal($"urn:cognito:loa:{level}", AcrRules.NameOf(AcrRules.Complete(null), proofs));
        Assert.Equal("urn:own", AcrRules.NameOf(AcrRules.Complete(named), proofs));
    }

    [Theory]
    [InlineData("urn:cognito:loa:4 urn:cognito:loa:2", "4 2")]
    [InlineData("urn:own urn:cognito:loa:3 urn:cognito:loa:1", "3 1")]
    [InlineData("  urn:cognito:loa:2   urn:cognito:loa:2 ", "2")]
    [InlineData("2 Level2 URN:COGNITO:LOA:2", "")]
    [InlineData("", "")]
    public void Names_that_no_level_has_are_passed_over(string names, string levels)
    {
        var own = AcrRules.Complete(new Dictionary<string, AcrLevelConfigType>
        {
            ["Level3"] = new() { AcrValue = "urn:own" },
        });

        Assert.Equal(levels, string.Join(' ', AcrRules.Asked(null, names)));
        Assert.Equal([3], AcrRules.Asked(own, "urn:cognito:loa:3 urn:own"));
    }
}
