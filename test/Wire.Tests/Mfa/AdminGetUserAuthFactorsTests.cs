using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Mfa;

public sealed class AdminGetUserAuthFactorsTests
{
    // Status; has a password -> the list.
    [Theory]
    [InlineData("CONFIRMED", true, "PASSWORD EMAIL_OTP")]
    [InlineData("CONFIRMED", false, "EMAIL_OTP")]
    [InlineData("UNCONFIRMED", true, "PASSWORD EMAIL_OTP")]
    [InlineData("FORCE_CHANGE_PASSWORD", true, "PASSWORD")]
    [InlineData("EXTERNAL_PROVIDER", true, "")]
    public async Task Shows_what_a_user_of_the_status_signs_in_with(
        string status, bool hasPassword, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        string[] factors = ["PASSWORD", "EMAIL_OTP"];
        var pool = await TestPool.Create(
            world,
            new { Policies = new { SignInPolicy = new { AllowedFirstAuthFactors = factors } } });
        if (hasPassword) await pool.ConfirmedUser("ana", email: "ana@example.com");
        else
        {
            await world.Admin(
                pool,
                "AdminCreateUser",
                "ana",
                new
                {
                    MessageAction = "SUPPRESS",
                    UserAttributes = Calls.Attributes("email=ana@example.com"),
                });
        }

        await world.SetStatus(pool.Id, "ana", status);

        var answer = await world.Admin(pool, "AdminGetUserAuthFactors", "ana");

        var shown = answer["ConfiguredUserAuthFactors"]!.AsArray().Select(each => each!.GetValue<string>());
        Assert.Equal(expected, string.Join(' ', shown));
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
        var pool = await TestPool.Create(world);

        var answer = await world.Call(
            "AdminGetUserAuthFactors", new { UserPoolId = poolId ?? pool.Id, Username = username });

        Assert.Equal(expected, answer.ToString());
    }
}
