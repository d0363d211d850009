using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Who has the second factor without the first (CVE-2025-64103 and its like).</summary>
public sealed class SecondFactorAloneTests
{
    [Theory, EachDatabase]
    public async Task Factor_two_alone_never_signs_in(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (app, choice, authenticator) = await Enrolled(world);
        string?[] sessions =
        [
            null,
            MfaPools.SessionOf(await choice.Start("ana")),
            MfaPools.SessionOf(await choice.Start("ana", "PASSWORD")),
            MfaPools.SessionOf(await choice.Start("ana", "PASSWORD_SRP")),
            MfaPools.SessionOf(
                await choice.Start("ana", "PASSWORD_SRP", ("SRP_A", new SrpClient().PublicHex))),
            MfaPools.SessionOf(await app.Start("CUSTOM_AUTH", ("USERNAME", "ana"))),
        ];
        string[] challenges =
        [
            "SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP", "SELECT_MFA_TYPE", "MFA_SETUP", "SELECT_CHALLENGE",
        ];

        foreach (var session in sessions)
        {
            foreach (var challenge in challenges)
            {
                var answer = await app.Answer(
                    challenge,
                    session,
                    ("USERNAME", "ana"),
                    ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()),
                    ("SMS_MFA_CODE", "123456"),
                    ("EMAIL_OTP_CODE", "123456"),
                    ("ANSWER", "SOFTWARE_TOKEN_MFA"));
                Assert.False(answer.IsSuccess, $"{challenge} in {session}");
            }
        }

        // The code was good all the time.
        var asked = await app.Password("ana");
        Assert.Equal("tokens", TestApp.Outcome(await ByApp(app, asked, authenticator)));
    }

    [Theory]
    [InlineData("SOFTWARE_TOKEN_MFA", "InvalidParameterException: Invalid PREFERRED_CHALLENGE.", "")]
    [InlineData("EMAIL_OTP", "SELECT_CHALLENGE", "PASSWORD_SRP PASSWORD")]
    [InlineData("SMS_OTP", "SELECT_CHALLENGE", "PASSWORD_SRP PASSWORD")]
    public async Task Nor_does_a_sign_in_begin_with_it(string preferred, string outcome, string offered)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, choice, _) = await Enrolled(world);

        var answer = await choice.Start("ana", preferred);

        Assert.Equal(outcome, TestApp.Outcome(answer));
        Assert.Equal(offered, ChoiceApp.Offered(answer));
    }

    [Fact]
    public async Task A_password_that_was_reset_by_a_code_does_not_replace_the_second_factor()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _, authenticator) = await Enrolled(world);
        await world.Public(app.Pool, "ForgotPassword", "ana");
        var reset = await world.Public(
            app.Pool,
            "ConfirmForgotPassword",
            "ana",
            new { ConfirmationCode = world.LastSmsCode(), Password = "New-1234!" });

        Assert.Equal("200", reset.ToString());
        var asked = await app.Password("ana", "New-1234!");
        Assert.Equal("SOFTWARE_TOKEN_MFA", TestApp.Outcome(asked));
        Assert.Equal("tokens", TestApp.Outcome(await ByApp(app, asked, authenticator)));
    }

    private static async Task<(TestApp App, ChoiceApp Choice, Authenticator Authenticator)> Enrolled(
        World world)
    {
        var begun = await BegunSignIns.In(world);
        return (
            new(world, begun.Pool),
            new(world, begun.Pool),
            await Authenticator.Enrol(world, begun.Pool, "ana"));
    }

    private static Task<Answer> ByApp(TestApp app, Answer asked, Authenticator authenticator) => app.Answer(
        "SOFTWARE_TOKEN_MFA",
        MfaPools.SessionOf(asked),
        ("USERNAME", "ana"),
        ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code()));
}
