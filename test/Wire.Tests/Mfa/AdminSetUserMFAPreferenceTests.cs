using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Mfa;

public sealed class AdminSetUserMFAPreferenceTests
{
    [Theory, EachDatabase]
    public async Task Switches_a_user_s_factors(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await MfaPools.Create(world, "OPTIONAL", "ste");
        await pool.InvitedUser("ana", email: "ana@example.com", phone: "+15551230000");
        world.Transcript.Clear();

        await Set(world, pool, "sms=on;email=preferred");
        await world.Admin(pool, "AdminGetUser", "ana");
        await Set(world, pool, "token=on");
        await Set(world, pool, "sms=off;email=off;token=off");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("CONFIRMED")]
    [InlineData("UNCONFIRMED")]
    [InlineData("RESET_REQUIRED")]
    [InlineData("FORCE_CHANGE_PASSWORD")]
    public async Task Serves_users_of_every_status(string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "s");
        await pool.ConfirmedUser("ana", phone: "+15551230000");
        await world.SetStatus(pool.Id, "ana", status);

        Assert.Equal("200", (await Set(world, pool, "sms=preferred")).ToString());
        var user = await world.Admin(pool, "AdminGetUser", "ana");
        Assert.Equal("SMS_MFA", user["PreferredMfaSetting"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(
        "us-east-1_Nowhere00",
        "ana",
        "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.")]
    [InlineData(null, "nobody", "UserNotFoundException: User does not exist.")]
    public async Task Refuses_whom_it_does_not_find(string? poolId, string username, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "OPTIONAL", "s");

        var answer = await world.Call(
            "AdminSetUserMFAPreference", new { UserPoolId = poolId ?? pool.Id, Username = username });

        Assert.Equal(expected, answer.ToString());
    }

    private static Task<Answer> Set(World world, TestPool pool, string change) =>
        world.Admin(pool, "AdminSetUserMFAPreference", "ana", SetUserMFAPreferenceTests.Blocks(change));
}
