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
}
