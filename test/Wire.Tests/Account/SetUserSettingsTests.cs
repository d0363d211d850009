using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed class SetUserSettingsTests
{
    private static readonly object[] Sms = [new { DeliveryMedium = "SMS", AttributeName = "phone_number" }];

    [Theory, EachDatabase]
    public async Task Switches_SMS_on_and_off_in_the_old_way(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await MfaPools.Create(world, "OPTIONAL", "s");
        await pool.ConfirmedUser("ana", phone: "+15551230000");
        var accessToken = await pool.AccessTokenOf("ana");
        world.Transcript.Clear();

        await world.Call("SetUserSettings", new { AccessToken = accessToken, MFAOptions = Sms });
        await world.Call("GetUser", new { AccessToken = accessToken });
        await pool.SignIn("ana");
        object[] none = [];
        await world.Call("SetUserSettings", new { AccessToken = accessToken, MFAOptions = none });
        await world.Call("GetUser", new { AccessToken = accessToken });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("EMAIL", "email")]
    [InlineData("EMAIL", "phone_number")]
    [InlineData("SMS", "email")]
    [InlineData("SMS", null)]
    [InlineData(null, "phone_number")]
    public async Task Knows_nothing_but_SMS_to_the_phone_number(string? medium, string? attribute)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "se");
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        var accessToken = await pool.AccessTokenOf("ana");
        object[] options = [new { DeliveryMedium = medium, AttributeName = attribute }];

        var refusal = await world.LeavesNothing(() => world.Call(
            "SetUserSettings", new { AccessToken = accessToken, MFAOptions = options }));

        // The words are not known; only the type is.
        Assert.StartsWith("InvalidParameterException", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_a_phone_number()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "s");
        await pool.ConfirmedUser("ana");

        var answer = await world.Call(
            "SetUserSettings", new { AccessToken = await pool.AccessTokenOf("ana"), MFAOptions = Sms });

        Assert.Equal(
            "InvalidParameterException: User does not have delivery config set to turn on SMS_MFA",
            answer.ToString());
    }

    [Fact]
    public async Task Is_forgotten_when_SMS_is_switched_off_in_the_new_way()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "s");
        await pool.ConfirmedUser("ana", phone: "+15551230000");
        var accessToken = await pool.AccessTokenOf("ana");
        await world.Must("SetUserSettings", new { AccessToken = accessToken, MFAOptions = Sms });
        foreach (var enabled in (bool[])[false, true])
        {
            await world.Must(
                "SetUserMFAPreference",
                new { AccessToken = accessToken, SMSMfaSettings = new { Enabled = enabled } });
        }

        var user = await world.Must("GetUser", new { AccessToken = accessToken });

        Assert.Null(user["MFAOptions"]);
        Assert.Single(user["UserMFASettingList"]!.AsArray());
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

        var answer = await world.Call("SetUserSettings", new { AccessToken = accessToken, MFAOptions = Sms });

        Assert.Equal(expected, answer.ToString());
    }
}
