using Lifeguard.Domain.Tokens;
using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class ScopeClaimsTests
{
    [Theory]
    [InlineData("openid", "email", true)]
    [InlineData("openid", "address", true)]
    [InlineData("openid", "identities", true)]
    [InlineData("openid moons/read", "phone_number", true)]
    [InlineData("openid email", "sub", true)]
    [InlineData("openid email", "identities", true)]
    [InlineData("openid email", "email_verified", true)]
    [InlineData("openid email", "phone_number", false)]
    [InlineData("openid email", "name", false)]
    [InlineData("openid phone", "phone_number_verified", true)]
    [InlineData("openid phone", "email", false)]
    [InlineData("openid profile", "custom:shoe", true)]
    [InlineData("openid profile", "updated_at", true)]
    [InlineData("openid profile", "address", false)]
    [InlineData("openid profile", "email", false)]
    [InlineData("openid profile email", "email", true)]
    public void Scopes_that_name_attributes_narrow_down_what_is_shown(
        string scopes, string attribute, bool isShown) =>
        Assert.Equal(isShown, ScopeClaims.Shows(scopes.Split(' '), attribute));
}
