using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminSetUserSettingsTests
{
    private static readonly object[] Sms = [new { DeliveryMedium = "SMS", AttributeName = "phone_number" }];

    [Theory, EachDatabase]
    public async Task Switches_a_user_s_SMS_on_and_off_in_the_old_way(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await MfaPools.Create(world, "OPTIONAL", "s");
        await pool.ConfirmedUser("ana", phone: "+15551230000");
        world.Transcript.Clear();

        await world.Admin(pool, "AdminSetUserSettings", "ana", new { MFAOptions = Sms });
        await world.Admin(pool, "AdminGetUser", "ana");
        await world.Call("ListUsers", new { UserPoolId = pool.Id });
        await world.Admin(pool, "AdminSetUserSettings", "ana", new { MFAOptions = Array.Empty<object>() });
        await world.Admin(pool, "AdminGetUser", "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(
        "no phone",
        "InvalidParameterException: User does not have delivery config set to turn on SMS_MFA")]
    [InlineData("nobody", "UserNotFoundException: User does not exist.")]
    [InlineData("no pool", "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.")]
    [InlineData(
        "no options",
        "InvalidParameterException: 1 validation error detected: "
        + "Value null at 'mFAOptions' failed to satisfy constraint: Member must not be null")]
    public async Task Refuses_what_cannot_be(string fate, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "s");
        await pool.ConfirmedUser("ana");

        var answer = await world.Call(
            "AdminSetUserSettings",
            new
            {
                UserPoolId = fate == "no pool" ? "us-east-1_Nowhere00" : pool.Id,
                Username = fate == "nobody" ? "bob" : "ana",
                MFAOptions = fate == "no options" ? null : Sms,
            });

        Assert.Equal(expected, answer.ToString());
    }
}
