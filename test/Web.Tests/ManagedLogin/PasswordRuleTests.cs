using Lifeguard.Domain;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Tests.ManagedLogin;

public sealed class PasswordRuleTests
{
    [Fact]
    public void Rules_are_those_of_the_policy()
    {
        Assert.Equal(
            [
                new(PasswordRuleKind.Length, 8), new(PasswordRuleKind.Lowercase),
                new(PasswordRuleKind.Uppercase), new(PasswordRuleKind.Number), new(PasswordRuleKind.Symbol),
            ],
            PasswordRule.Of(PasswordPolicy.From(null)));
        Assert.Equal(
            [new(PasswordRuleKind.Length, 15), new(PasswordRuleKind.History, 4)],
            PasswordRule.Of(new(15, false, false, false, false, 4, 7)));
    }

    [Theory]
    [InlineData("Short1!", "01111")]
    [InlineData("longer and longer", "11001")]
    [InlineData("LONGER1LONGER", "10110")]
    [InlineData("Longer-1-longer", "11111")]
    public void Rules_tell_which_the_refused_password_met(string password, string met) => Assert.Equal(
        met.Select(each => (bool?)(each == '1')),
        PasswordRule.Of(PasswordPolicy.From(null), password).Select(rule => rule.IsMet));

    [Fact]
    public void Nobody_tells_whether_a_password_was_used_before() => Assert.Null(
        PasswordRule.Of(PasswordPolicy.From(null) with { HistorySize = 2 }, "Longer-1-longer")[^1].IsMet);
}
