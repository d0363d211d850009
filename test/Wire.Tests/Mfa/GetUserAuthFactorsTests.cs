using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Mfa;

public sealed class GetUserAuthFactorsTests
{
    [Theory, EachDatabase]
    public async Task Shows_what_the_user_signs_in_with(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (pool, accessToken) = await SetUserMFAPreferenceTests.SignedIn(world);
        await world.Admin(
            pool,
            "AdminSetUserMFAPreference",
            "ana",
            SetUserMFAPreferenceTests.Blocks("sms=on;token=preferred"));
        world.Transcript.Clear();

        await world.Call("GetUserAuthFactors", new { AccessToken = accessToken });
        await world.Admin(pool, "AdminGetUserAuthFactors", "ana");

        world.Transcript.ShouldMatchApproved();
    }

    // First factors of the pool; contacts and authenticator of the user -> the list.
    [Theory]
    [InlineData(null, "", "PASSWORD")]
    [InlineData(null, "ste", "PASSWORD SOFTWARE_TOKEN")]
    [InlineData("PASSWORD", "se", "PASSWORD")]
    [InlineData("PASSWORD,EMAIL_OTP,SMS_OTP", "", "PASSWORD")]
    [InlineData("PASSWORD,EMAIL_OTP,SMS_OTP", "s", "PASSWORD SMS_OTP")]
    [InlineData("PASSWORD,EMAIL_OTP,SMS_OTP", "se", "PASSWORD EMAIL_OTP SMS_OTP")]
    [InlineData("EMAIL_OTP,PASSWORD,WEB_AUTHN", "e", "EMAIL_OTP PASSWORD")]
    public async Task Lists_the_first_factors_that_the_pool_allows_and_the_user_has(
        string? allowed, string has, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var settings = allowed is null
            ? null
            : new { Policies = new { SignInPolicy = new { AllowedFirstAuthFactors = allowed.Split(',') } } };
        var pool = await MfaPools.Create(world, "OPTIONAL", "ste", settings);
        await pool.ConfirmedUser(
            "ana",
            email: has.Contains('e') ? "ana@example.com" : null,
            phone: has.Contains('s') ? "+15551230000" : null);
        var accessToken = await pool.AccessTokenOf("ana");
        if (has.Contains('t')) await Authenticator.Verified(world, accessToken);

        var answer = await world.Must("GetUserAuthFactors", new { AccessToken = accessToken });

        Assert.Equal("ana", answer["Username"]!.GetValue<string>());
        Assert.Null(answer["UserMFASettingList"]);
        Assert.Null(answer["PreferredMfaSetting"]);
        var factors = answer["ConfiguredUserAuthFactors"]!.AsArray().Select(each => each!.GetValue<string>());
        Assert.Equal(expected, string.Join(' ', factors));
    }

    [Theory]
    [InlineData("reset", "PasswordResetRequiredException: Password reset required for the user")]
    [InlineData("deleted", "UserNotFoundException: User does not exist.")]
    [InlineData("forged", "NotAuthorizedException: Invalid Access Token")]
    public async Task Looks_at_the_token(string fate, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = fate == "forged" ? "e30.e30.e30" : await pool.AccessTokenOf("ana");
        if (fate == "reset") await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        if (fate == "deleted") await world.Admin(pool, "AdminDeleteUser", "ana");

        var answer = await world.Call("GetUserAuthFactors", new { AccessToken = accessToken });

        Assert.Equal(expected, answer.ToString());
    }
}
