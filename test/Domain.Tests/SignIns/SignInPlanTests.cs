using Lifeguard.Contract;
using Lifeguard.Domain.Mfa;
using Lifeguard.Domain.SignIns;
using Xunit;

namespace Lifeguard.Domain.Tests.SignIns;

/// <summary>What a sign-in has to do next, as tables. Factors are written as letters: s for SMS, t for TOTP,
/// e for e-mail.</summary>
public sealed class SignInPlanTests
{
    private const string Tokens = "tokens";

    // Pool: what it asks for, and its factors. User: contacts and a verified token (s, t, e); switched on,
    // the preferred one in upper case -> the next step.
    [Theory]
    // Off: nobody is asked.
    [InlineData("OFF", "ste", "ste", "ste", Tokens)]
    [InlineData("OFF", "ste", "", "", Tokens)]
    // Optional: who has switched something on is asked for it.
    [InlineData("OPTIONAL", "ste", "ste", "", Tokens)]
    [InlineData("OPTIONAL", "ste", "ste", "s", "SMS_MFA")]
    [InlineData("OPTIONAL", "ste", "ste", "t", "SOFTWARE_TOKEN_MFA")]
    [InlineData("OPTIONAL", "ste", "ste", "e", "EMAIL_OTP")]
    [InlineData("OPTIONAL", "ste", "ste", "st", "choose SMS_MFA SOFTWARE_TOKEN_MFA")]
    [InlineData("OPTIONAL", "ste", "ste", "ets", "choose SMS_MFA SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("OPTIONAL", "ste", "ste", "sT", "SOFTWARE_TOKEN_MFA")]
    [InlineData("OPTIONAL", "ste", "ste", "stE", "EMAIL_OTP")]
    // A preferred factor that cannot be asked for leaves the others.
    [InlineData("OPTIONAL", "ste", "te", "Ste", "choose SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("OPTIONAL", "ste", "t", "St", "SOFTWARE_TOKEN_MFA")]
    // What was switched on is not lost together with the phone number.
    [InlineData("OPTIONAL", "ste", "te", "s", "nothing left")]
    [InlineData("OPTIONAL", "ste", "", "se", "nothing left")]
    // The pool has given the factor up: its administrator's decision.
    [InlineData("OPTIONAL", "t", "ste", "s", Tokens)]
    [InlineData("OPTIONAL", "t", "ste", "st", "SOFTWARE_TOKEN_MFA")]
    // A token that is set up goes on working when the pool takes no new ones.
    [InlineData("OPTIONAL", "s", "t", "t", "SOFTWARE_TOKEN_MFA")]
    // Required: switched on or not, something is asked for.
    [InlineData("ON", "ste", "ste", "t", "SOFTWARE_TOKEN_MFA")]
    [InlineData("ON", "ste", "ste", "", "choose SMS_MFA SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("ON", "s", "s", "", "SMS_MFA")]
    [InlineData("ON", "st", "s", "", "SMS_MFA")]
    [InlineData("ON", "st", "t", "", "SOFTWARE_TOKEN_MFA")]
    [InlineData("ON", "e", "se", "", "EMAIL_OTP")]
    [InlineData("ON", "ste", "te", "s", "choose SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("ON", "s", "", "", "set up SMS_MFA")]
    [InlineData("ON", "ste", "", "", "set up SMS_MFA SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("ON", "ste", "", "ste", "set up SMS_MFA SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("ON", "te", "s", "", "set up SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    // A pool that demands what it does not have lets nobody in.
    [InlineData("ON", "", "se", "", "set up ")]
    // Passkeys are no second factor after a password.
    [InlineData("OPTIONAL", "ste", "ste", "w", Tokens)]
    [InlineData("OPTIONAL", "ste", "ste", "wt", "SOFTWARE_TOKEN_MFA")]
    public void After_the_password(string asks, string offers, string has, string on, string expected) =>
        Assert.Equal(expected, Next(asks, offers, has, on, Proved()));

    [Theory]
    [InlineData("OFF")]
    [InlineData("OPTIONAL")]
    [InlineData("ON")]
    public void A_temporary_password_is_replaced_before_anything_else(string asks)
    {
        var user = Having("ste", "ste") with { Status = UserStatusType.ForceChangePassword };
        var factors = new UserFactors(Token(), RemembersDevice: true);

        Assert.Equal("new password", Name(SignInPlan.Of(Pool(asks, "ste"), user, factors, Proved())));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_second_factor_is_asked_for_once(bool required)
    {
        var progress = Proved().WithSecondFactor(AuthMethods.OneTimeCode);

        Assert.Equal(Tokens, Next(required ? "ON" : "OPTIONAL", "ste", "ste", "st", progress));
        Assert.Equal(["pwd", "otp", "mfa"], progress.Methods);
    }

    // As above, for a sign-in whose risk calls for a second factor.
    [Theory]
    [InlineData("OPTIONAL", "ste", "ste", "", "choose SMS_MFA SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("OPTIONAL", "ste", "t", "", "SOFTWARE_TOKEN_MFA")]
    [InlineData("OPTIONAL", "s", "ste", "", "choose SMS_MFA SOFTWARE_TOKEN_MFA")]
    [InlineData("OPTIONAL", "ste", "ste", "e", "EMAIL_OTP")]
    [InlineData("OPTIONAL", "ste", "", "", "nothing left")]
    [InlineData("ON", "ste", "", "", "set up SMS_MFA SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("OFF", "ste", "ste", "ste", Tokens)]
    public void A_risk_asks_for_what_is_there(
        string asks, string offers, string has, string on, string expected) =>
        Assert.Equal(expected, Next(asks, offers, has, on, Proved() with { AsksFactor = true }));

    // The pool's ChallengeRequiredOnNewDevice, null where it remembers no devices; what was proved: f for the
    // second factor, d for the device.
    [Theory]
    [InlineData(true, "", "device")]
    [InlineData(true, "d", Tokens)]
    [InlineData(true, "f", "device")]
    [InlineData(true, "fd", Tokens)]
    [InlineData(false, "", "SOFTWARE_TOKEN_MFA")]
    [InlineData(false, "d", "SOFTWARE_TOKEN_MFA")]
    [InlineData(false, "f", "device")]
    [InlineData(false, "fd", Tokens)]
    [InlineData(null, "d", "SOFTWARE_TOKEN_MFA")]
    public void A_remembered_device_stands_in_for_the_second_factor_or_comes_after_it(
        bool? standsIn, string proved, string expected)
    {
        var pool = Pool("ON", "t");
        pool = pool with
        {
            Settings = pool.Settings with
            {
                DeviceConfiguration = standsIn is null
                    ? null
                    : new() { ChallengeRequiredOnNewDevice = standsIn },
            },
        };
        var progress = Proved() with
        {
            HasDevice = proved.Contains('d'),
            HasSecondFactor = proved.Contains('f'),
        };

        var next = SignInPlan.Of(pool, Having("t", "t"), new(Token(), RemembersDevice: true), progress);

        Assert.Equal(expected, Name(next));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_remembered_device_is_asked_for_where_no_second_factor_is(bool standsIn)
    {
        var pool = Pool("OFF", "");
        pool = pool with
        {
            Settings = pool.Settings with
            {
                DeviceConfiguration = new() { ChallengeRequiredOnNewDevice = standsIn },
            },
        };
        var factors = new UserFactors(null, RemembersDevice: true);

        foreach (var flow in (string[])[AuthFlowType.UserSrpAuth, AuthFlowType.CustomAuth])
        {
            var progress = Proved() with { Flow = flow };
            Assert.Equal("device", Name(SignInPlan.Of(pool, Having("", ""), factors, progress)));
            Assert.Equal(
                Tokens, Name(SignInPlan.Of(pool, Having("", ""), factors, progress.WithDevice())));
        }
    }

    // Pool and user as above, the levels asked for, what is proved -> the next step.
    [Theory]
    [InlineData("OPTIONAL", "ste", "ste", "", "4", "pwd", "SOFTWARE_TOKEN_MFA")]
    [InlineData("OPTIONAL", "ste", "ste", "", "3", "pwd", "choose SMS_MFA SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("OPTIONAL", "ste", "ste", "e", "3", "pwd", "EMAIL_OTP")]
    [InlineData("OPTIONAL", "ste", "ste", "se", "4", "pwd", "SOFTWARE_TOKEN_MFA")]
    [InlineData("OPTIONAL", "ste", "ste", "", "1", "pwd", Tokens)]
    // The first level in reach counts; out of reach of all it is an ordinary sign-in.
    [InlineData("OPTIONAL", "ste", "s", "", "4 3", "pwd", "SMS_MFA")]
    [InlineData("OPTIONAL", "ste", "s", "", "4 1", "pwd", Tokens)]
    [InlineData("OPTIONAL", "ste", "s", "", "4", "pwd", Tokens)]
    [InlineData("OFF", "ste", "ste", "ste", "4 3", "pwd", Tokens)]
    // What is proved already is not asked for again.
    [InlineData("OPTIONAL", "ste", "ste", "", "4", "pwd otp mfa", Tokens)]
    [InlineData("OPTIONAL", "ste", "ste", "", "4", "pwd sms mfa", "SOFTWARE_TOKEN_MFA")]
    [InlineData("OPTIONAL", "ste", "ste", "", "3", "swk", Tokens)]
    public void A_level_that_is_asked_for_needs_its_factor(
        string asks, string offers, string has, string on, string levels, string proved, string expected)
    {
        var credited = Proved().WithCredit(proved.Split(' '));
        var progress = credited with
        {
            HasFirstFactor = true,
            AskedLevels = [.. levels.Split(' ').Select(int.Parse)],
        };

        Assert.Equal(expected, Next(asks, offers, has, on, progress));
    }

    // Ways in, second factors, levels, what is proved -> the ways that lead there.
    [Theory]
    [InlineData("PASSWORD EMAIL_OTP", "", "2", "", "EMAIL_OTP")]
    [InlineData("PASSWORD EMAIL_OTP", "SMS_MFA", "2", "", "PASSWORD EMAIL_OTP")]
    [InlineData("PASSWORD EMAIL_OTP WEB_AUTHN", "SMS_MFA", "3", "", "PASSWORD WEB_AUTHN")]
    [InlineData("PASSWORD EMAIL_OTP WEB_AUTHN", "SMS_MFA", "4", "", "PASSWORD EMAIL_OTP WEB_AUTHN")]
    [InlineData("PASSWORD EMAIL_OTP WEB_AUTHN", "SMS_MFA", "4 3", "", "PASSWORD WEB_AUTHN")]
    [InlineData("PASSWORD_SRP PASSWORD EMAIL_OTP", "SOFTWARE_TOKEN_MFA", "4", "", "PASSWORD_SRP PASSWORD")]
    [InlineData("PASSWORD EMAIL_OTP", "", "3", "email_otp", "PASSWORD")]
    public void A_level_that_is_asked_for_needs_a_way_that_leads_there(
        string ways, string seconds, string levels, string proved, string expected)
    {
        var progress = Proved() with
        {
            AskedLevels = [.. levels.Split(' ').Select(int.Parse)],
            Methods = Words(proved),
        };

        var leading = StepUp.Leading(Words(ways), Words(seconds), progress);

        Assert.Equal(expected, string.Join(' ', leading));
    }

    [Fact]
    public void A_proof_counts_for_no_other_device()
    {
        var progress = (Proved() with { DeviceKey = "one" }).WithDevice();

        Assert.True(progress.On(null).HasDevice);
        Assert.True(progress.On("one").HasDevice);
        Assert.False(progress.On("two").HasDevice);
    }

    // What triggers ask for, unlike the plan: what is not switched on, too; nothing where the pool is off.
    [Theory]
    [InlineData("OPTIONAL", "s", "s", "", "SMS_MFA", true)]
    [InlineData("ON", "s", "s", "", "SMS_MFA", true)]
    [InlineData("OFF", "s", "s", "s", "SMS_MFA", false)]
    [InlineData("OPTIONAL", "s", "", "s", "SMS_MFA", false)]
    [InlineData("OPTIONAL", "t", "t", "", "SOFTWARE_TOKEN_MFA", true)]
    [InlineData("OPTIONAL", "t", "", "t", "SOFTWARE_TOKEN_MFA", false)]
    public void Triggers_ask_for_what_can_be_answered(
        string asks, string offers, string has, string on, string factor, bool expected)
    {
        var factors = new UserFactors(has.Contains('t') ? Token() : null);
        var undecided = Proved() with { Flow = AuthFlowType.CustomAuth, HasFirstFactor = false };
        var (pool, user) = (Pool(asks, offers), Having(has, on));

        Assert.Equal(expected, factors.IsAsked(pool, user, factor, undecided));
        Assert.Equal(
            factors.Active(pool, user).Contains(factor),
            factors.IsAsked(pool, user, factor, undecided.WithVerdict()));
    }

    [Fact]
    public void Triggers_that_define_a_sign_in_are_not_overruled() =>
        Assert.Equal(Tokens, Next("ON", "ste", "ste", "st", Custom().WithVerdict()));

    // Before the verdict and after it: whatever triggers say, nobody gets in by a password alone.
    [Theory]
    [InlineData("ON", "ste", "ste", "t", "SOFTWARE_TOKEN_MFA")]
    [InlineData("ON", "ste", "ste", "", "choose SMS_MFA SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("ON", "ste", "", "", "set up SMS_MFA SOFTWARE_TOKEN_MFA EMAIL_OTP")]
    [InlineData("OPTIONAL", "ste", "ste", "s", "SMS_MFA")]
    [InlineData("OPTIONAL", "ste", "ste", "", Tokens)]
    [InlineData("OPTIONAL", "ste", "te", "s", "nothing left")]
    [InlineData("OFF", "ste", "ste", "ste", Tokens)]
    public void Except_that_a_password_brings_the_second_factor_with_it(
        string asks, string offers, string has, string on, string expected)
    {
        var progress = Custom().WithProof(AuthMethods.Password);

        Assert.Equal(expected, Next(asks, offers, has, on, progress));
        Assert.Equal(expected, Next(asks, offers, has, on, progress.WithVerdict()));
        Assert.Equal(
            Tokens, Next(asks, offers, has, on, progress.WithSecondFactor(AuthMethods.Sms).WithVerdict()));
    }

    [Fact]
    public void Nothing_is_planned_before_the_first_factor() => Assert.Throws<InvalidOperationException>(
        () => Next("OFF", "", "", "", Custom()));

    // Pool factors; what the user has switched on -> where a reset code goes, of "verified phone, then mail".
    [Theory]
    [InlineData("OFF", "ste", "", "phone")]
    [InlineData("OPTIONAL", "ste", "s", "email")]
    [InlineData("OPTIONAL", "ste", "e", "phone")]
    [InlineData("OPTIONAL", "ste", "t", "phone")]
    [InlineData("ON", "s", "", "email")]
    [InlineData("ON", "st", "", "email")]
    [InlineData("ON", "et", "", "phone")]
    [InlineData("ON", "s", "t", "phone")]
    [InlineData("ON", "s", "w", "email")]
    [InlineData("ON", "e", "", "phone")]
    // What is switched on and not asked for any more is no second factor.
    [InlineData("ON", "s", "e", "email")]
    [InlineData("OFF", "ste", "s", "phone")]
    // Either may be asked for.
    [InlineData("ON", "se", "", "phone")]
    [InlineData("ON", "ste", "", "phone")]
    [InlineData("ON", "ste", "se", "none")]
    public void A_channel_that_is_a_second_factor_recovers_no_password(
        string asks, string offers, string on, string expected)
    {
        var pool = Pool(asks, offers);
        pool = pool with
        {
            Settings = pool.Settings with
            {
                AccountRecoverySetting = new()
                {
                    RecoveryMechanisms =
                    [
                        new() { Priority = 1, Name = "verified_phone_number" },
                        new() { Priority = 2, Name = "verified_email" },
                    ],
                },
            },
        };
        var user = Having("se", on);
        user = user with
        {
            Attributes = user.Attributes.With("phone_number_verified", true).With("email_verified", true),
        };

        var found = CodeDestination.MayRecover(pool, user)
            ? CodeDestination.ForRecovery(pool, user).Attribute.Split('_')[0]
            : "none";

        Assert.Equal(expected, found);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Next(string asks, string offers, string has, string on, SignInProgress progress) =>
        Name(SignInPlan.Of(
            Pool(asks, offers), Having(has, on), new(has.Contains('t') ? Token() : null), progress));

    private static string Name(NextStep step) => step switch
    {
        NextStep.ReplacePassword => "new password",
        NextStep.ProveDevice => "device",
        NextStep.AnswerFactor(var factor) => factor,
        NextStep.ChooseFactor(var factors) => "choose " + string.Join(' ', factors),
        NextStep.SetUpFactor(var factors) => "set up " + string.Join(' ', factors),
        NextStep.NoFactorLeft => "nothing left",
        _ => Tokens,
    };

    private static UserPool Pool(string asks, string offers) => new()
    {
        Id = "eu-west-1_Pool00001",
        Settings = new()
        {
            MfaConfiguration = asks,
            SmsConfiguration = offers.Contains('s') ? new() { SnsCallerArn = "arn" } : null,
        },
        Factors = new()
        {
            SoftwareToken = offers.Contains('t') ? new() { Enabled = true } : null,
            Email = offers.Contains('e') ? new() : null,
        },
        CreatedAt = default,
        ModifiedAt = default,
    };

    private static User Having(string contacts, string on)
    {
        var attributes = UserAttributes.Empty;
        if (contacts.Contains('s')) attributes = attributes.With("phone_number", "+15551230000");
        if (contacts.Contains('e')) attributes = attributes.With("email", "ana@example.com");
        return new()
        {
            PoolId = "eu-west-1_Pool00001",
            Sub = "sub",
            Username = "ana",
            Status = UserStatusType.Confirmed,
            Attributes = attributes,
            Mfa = new([.. on.Select(Factor)], on.Where(char.IsUpper).Select(Factor).FirstOrDefault()),
            CreatedAt = default,
            ModifiedAt = default,
        };
    }

    private static string Factor(char letter) => char.ToLowerInvariant(letter) switch
    {
        's' => "SMS_MFA",
        't' => "SOFTWARE_TOKEN_MFA",
        'e' => "EMAIL_OTP",
        _ => "WEB_AUTHN",
    };

    private static SoftwareToken Token() =>
        new() { PoolId = "eu-west-1_Pool00001", Sub = "sub", Verified = [1], Version = 1 };

    private static SignInProgress Proved() => new()
    {
        Flow = AuthFlowType.UserPasswordAuth,
        EventId = "0195686f-0d08-7000-8000-000000000000",
        HasFirstFactor = true,
        Methods = [AuthMethods.Password],
    };

    private static SignInProgress Custom() => new()
    {
        Flow = AuthFlowType.CustomAuth,
        EventId = "0195686f-0d08-7000-8000-000000000000",
    };
}
