using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Registration;

/// <summary>Users without a password, in pools whose sign-in policy allows them.</summary>
public sealed class PasswordlessTests
{
    private const string NoWay =
        "InvalidParameterException: A user without a password needs an email or phone number to receive "
        + "one-time passwords.";

    // First factors of the pool, the password sent, attributes -> the answer to SignUp.
    [Theory]
    [InlineData("PASSWORD EMAIL_OTP", null, "email=ana@example.com", "200")]
    [InlineData("PASSWORD EMAIL_OTP", "", "email=ana@example.com", "200")]
    [InlineData("PASSWORD SMS_OTP", null, "phone_number=+15550100", "200")]
    [InlineData("PASSWORD", null, "email=ana@example.com", "InvalidParameterException")]
    [InlineData("PASSWORD", "", "email=ana@example.com", "InvalidParameterException")]
    // A passkey is set up by a user who is signed in, and so needs another way in first.
    [InlineData("PASSWORD WEB_AUTHN", null, "email=ana@example.com", "InvalidParameterException")]
    public async Task Sign_up_without_one(
        string factors, string? password, string attributes, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world, factors);

        var answer = await world.SignUp(pool, "ana", attributes, new { Password = password });

        Assert.Equal(expected, answer.Code ?? "200");
        if (answer.IsSuccess) Assert.Equal("UNCONFIRMED", await pool.StatusOf("ana"));
    }

    // First factors, the temporary password, attributes -> the user's status, or the refusal.
    [Theory]
    [InlineData("PASSWORD EMAIL_OTP", null, "email=ana@example.com", "CONFIRMED")]
    [InlineData("PASSWORD EMAIL_OTP", "", "email=ana@example.com", "CONFIRMED")]
    [InlineData("PASSWORD SMS_OTP", null, "phone_number=+15550100", "CONFIRMED")]
    [InlineData("PASSWORD EMAIL_OTP", TestPool.Password, "", "FORCE_CHANGE_PASSWORD")]
    [InlineData("PASSWORD EMAIL_OTP", null, "", NoWay)]
    [InlineData("PASSWORD EMAIL_OTP", null, "phone_number=+15550100", NoWay)]
    [InlineData("PASSWORD SMS_OTP", null, "email=ana@example.com", NoWay)]
    [InlineData("PASSWORD", null, "", "FORCE_CHANGE_PASSWORD")]
    [InlineData("PASSWORD", "", "", "FORCE_CHANGE_PASSWORD")]
    [InlineData("PASSWORD WEB_AUTHN", null, "", "FORCE_CHANGE_PASSWORD")]
    public async Task Are_created_by_an_administrator(
        string factors, string? password, string attributes, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Pool(world, factors);

        var answer = await world.Admin(
            pool,
            "AdminCreateUser",
            "ana",
            new
            {
                TemporaryPassword = password,
                UserAttributes = Calls.Attributes(attributes),
                MessageAction = "SUPPRESS",
            });

        Assert.Equal(
            expected,
            answer.IsSuccess ? answer["User"]!["UserStatus"]!.GetValue<string>() : answer.ToString());
    }

    private static Task<TestPool> Pool(World world, string factors) => TestPool.Create(
        world,
        new
        {
            Policies = new { SignInPolicy = new { AllowedFirstAuthFactors = factors.Split(' ') } },
            SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms" },
        });
}
