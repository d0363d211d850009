using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed partial class AdminCreateUserTests
{
    [Theory]
    [InlineData("", "", 0, 0)]
    [InlineData("", "email=ana@example.com", 0, 0)]
    [InlineData("", "phone_number=+15551230000", 0, 1)]
    [InlineData("SMS", "email=ana@example.com;phone_number=+15551230000", 0, 1)]
    [InlineData("EMAIL", "email=ana@example.com;phone_number=+15551230000", 1, 0)]
    [InlineData("EMAIL,SMS", "email=ana@example.com;phone_number=+15551230000", 1, 1)]
    public async Task Invites_by_the_mediums_asked_for_or_by_SMS(
        string mediums, string attributes, int emails, int texts)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var wanted = mediums.Split(',', StringSplitOptions.RemoveEmptyEntries);

        var answer = await Create(world, pool, "ana", attributes, new { DesiredDeliveryMediums = wanted });

        Assert.Equal("200", answer.ToString());
        Assert.Equal((emails, texts), (world.Email.Sent.Count, world.Sms.Sent.Count));
    }

    [Fact]
    public async Task Sends_nothing_when_the_message_is_suppressed()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        await Create(
            world, pool, "ana", Verified + ";phone_number=+15551230000", new { MessageAction = "SUPPRESS" });

        Assert.Empty(world.Email.Sent);
        Assert.Empty(world.Sms.Sent);
    }

    [Fact]
    public async Task Makes_a_password_that_works_where_none_is_given()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var policy = new { MinimumLength = 20, RequireNumbers = true, RequireSymbols = true };
        var pool = await TestPool.Create(world, new { Policies = new { PasswordPolicy = policy } });
        await Create(world, pool, "ana", Verified, new { DesiredDeliveryMediums = Email });

        var sent = world.Email.Sent[^1];
        var password = System.Net.WebUtility.HtmlDecode(sent.Body.Split(' ')[^2]).TrimEnd('.');
        var answer = await pool.SignIn("ana", password);

        Assert.Equal("Your temporary password", sent.Subject);
        Assert.Equal($"Your username is ana and temporary password is {password}. ",
            System.Net.WebUtility.HtmlDecode(sent.Body));
        Assert.Equal(20, password.Length);
        Assert.Equal("NEW_PASSWORD_REQUIRED", answer["ChallengeName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Sends_no_invitation_without_a_place_for_the_password()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var template = new { EmailMessage = "Welcome, {username}!", EmailSubject = "Hello" };
        var pool = await TestPool.Create(
            world, new { AdminCreateUserConfig = new { InviteMessageTemplate = template } });

        var answer = await Create(world, pool, "ana", Verified, new { DesiredDeliveryMediums = Email });

        Assert.Equal("200", answer.ToString());
        Assert.Empty(world.Email.Sent);
    }

    [Theory, EachDatabase]
    public async Task Names_the_user_by_a_generated_id_where_the_address_is_the_name(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email name"));

        var answer = await Create(
            world,
            pool,
            "ana@example.com",
            "",
            new { TemporaryPassword = Temporary, DesiredDeliveryMediums = Email });

        var user = answer["User"]!;
        Assert.Equal(Calls.ValueIn(user["Attributes"], "sub"), user["Username"]!.GetValue<string>());
        Assert.Equal("ana@example.com", Calls.ValueIn(user["Attributes"], "email"));
        Assert.StartsWith(
            "Your username is ana@example.com ", world.Email.Sent[^1].Body, StringComparison.Ordinal);
        Assert.Equal(
            "NEW_PASSWORD_REQUIRED",
            (await pool.SignIn("ana@example.com", Temporary))["ChallengeName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("email", "phone_number")]
    [InlineData("phone_number", "email")]
    public async Task Invites_by_the_name_that_the_administrator_gives(string first, string second)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new
        {
            UsernameAttributes = (string[])[first, second],
            UsernameConfiguration = new { CaseSensitive = false },
        });
        object asked = new { TemporaryPassword = Temporary, DesiredDeliveryMediums = Email };
        var again = Calls.Merge(asked, new { MessageAction = "RESEND" });

        var created = await Create(world, pool, "ana@example.com", "phone_number=+15551230000", asked);
        await Create(world, pool, "+15551230000", "", again);
        await Create(world, pool, "ANA@example.com", "", again);
        await Create(world, pool, created["User"]!["Username"]!.GetValue<string>(), "", again);

        string[] names =
        [
            "ana@example.com", "+15551230000", "ana@example.com",
            first == "email" ? "ana@example.com" : "+15551230000",
        ];
        Assert.Equal(
            names.Select(name => $"Your username is {name} and temporary password is {Temporary}. "),
            world.Email.Sent.Select(mail => mail.Body));
    }

    [Fact]
    public async Task Keeps_names_in_lower_case_where_case_means_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("case-insensitive"));

        var answer = await Create(world, pool, "ANA", "email=Ana@Example.com");

        Assert.Equal("ana", answer["User"]!["Username"]!.GetValue<string>());
        Assert.Equal("Ana@Example.com", await world.AttributeOf(pool, "aNa", "email"));
    }

    [Fact]
    public async Task Asks_for_required_attributes_only_at_the_first_sign_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        object[] schema = [new { Name = "name", Required = true }, new { Name = "email", Required = true }];
        var pool = await TestPool.Create(world, new { Schema = schema });
        await Create(world, pool, "ana", Verified, new { TemporaryPassword = Temporary });

        var answer = await pool.SignIn("ana", Temporary);

        Assert.Equal("""["userAttributes.name"]""",
            answer["ChallengeParameters"]!["requiredAttributes"]!.GetValue<string>());
    }

    [Fact]
    public async Task Confirms_a_user_without_a_password_in_a_passwordless_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world,
            new
            {
                Policies = new
                {
                    SignInPolicy = new { AllowedFirstAuthFactors = (string[])["PASSWORD", "EMAIL_OTP"] },
                },
            });

        var answer = await Create(world, pool, "ana", Verified, new { DesiredDeliveryMediums = Email });

        Assert.Equal("CONFIRMED", answer["User"]!["UserStatus"]!.GetValue<string>());
        Assert.Empty(world.Email.Sent);
        await NotesOneAsUnfit(
            world, pool, "The invitation's text has a {####}, and there is no temporary password for it.");
    }

    [Theory]
    [InlineData("Welcome {username}, just sign in", null, "Welcome ana, just sign in")]
    [InlineData("Hello {username}, your password is {####}", null, null)]
    [InlineData("Welcome {username}", "Hi {username}!", "Hi ana!")]
    [InlineData("Welcome {username}", "Hi {username}, {####}", null)]
    public async Task Invites_a_user_without_a_password_in_words_that_tell_none(
        string template, string? worded, string? sent)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(CustomMessage, input => input["response"]!["emailMessage"] = worded);
        var pool = await TestPool.Create(
            world,
            new
            {
                AdminCreateUserConfig = new
                {
                    InviteMessageTemplate = new { EmailMessage = template, EmailSubject = "Hello" },
                },
                LambdaConfig = new { CustomMessage },
                Policies = new
                {
                    SignInPolicy = new { AllowedFirstAuthFactors = (string[])["PASSWORD", "EMAIL_OTP"] },
                },
            });

        await Create(world, pool, "ana", Verified, new { DesiredDeliveryMediums = Email });

        Assert.Equal(sent is null ? [] : [sent], world.Email.Sent.Select(mail => mail.Body));
    }

    [Theory, EachDatabase]
    public async Task Notes_that_an_invitation_without_a_place_for_the_password_is_not_sent(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new
        {
            AdminCreateUserConfig = new
            {
                InviteMessageTemplate = new { EmailMessage = "Hi {username}, come in.", EmailSubject = "In" },
            },
        });

        var answer = await Create(world, pool, "ana", Verified, new { DesiredDeliveryMediums = Email });
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.DeliverDue();

        Assert.Equal("200", answer.ToString());
        Assert.Empty(world.Email.Sent);
        await NotesOneAsUnfit(
            world, pool, "The invitation's text has no {####}, where the temporary password belongs.");
    }

    [Fact]
    public async Task Notes_that_a_function_gets_no_invitation_without_a_password()
    {
        const string Sender = "arn:aws:lambda:us-east-1:000000000000:function:sender";
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new
        {
            LambdaConfig = new
            {
                CustomEmailSender = new { LambdaVersion = "V1_0", LambdaArn = Sender },
                KMSKeyID = "arn:aws:kms:us-east-1:000000000000:key/00000000-0000-4000-8000-000000000000",
            },
            Policies = new
            {
                SignInPolicy = new { AllowedFirstAuthFactors = (string[])["PASSWORD", "EMAIL_OTP"] },
            },
        });

        await Create(world, pool, "ana", Verified, new { DesiredDeliveryMediums = Email });

        Assert.Empty(world.Triggers.Events);
        await NotesOneAsUnfit(
            world, pool, "There is no temporary password for the pool's function to deliver.");
    }

    private static async Task NotesOneAsUnfit(World world, TestPool pool, string reason)
    {
        var entry = Assert.Single(
            await world.Get<Outbox>().List(pool.Id, new(), 10, TestContext.Current.CancellationToken));
        Assert.Equal((OutboxState.Failed, reason, 0), (entry.State, entry.Error, entry.Attempts));
        Assert.Equal(("AdminCreateUser", "a***@e***"), (entry.Purpose, entry.Destination));
    }

    [Theory, EachDatabase]
    public async Task Tells_the_triggers_what_is_created_and_ignores_their_flags(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(PreSignUp, input =>
        {
            foreach (var flag in (string[])["autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone"])
                input["response"]![flag] = true;
        });
        world.Triggers.On(CustomMessage, input => input["response"]!["emailMessage"] = "{username}: {####}");
        world.Triggers.On(PostConfirmation, _ => { });
        var pool = await TestPool.Create(
            world, new { LambdaConfig = new { PreSignUp, CustomMessage, PostConfirmation } });
        world.Transcript.Clear();

        await Create(
            world,
            pool,
            "ana",
            "email=ana@example.com",
            new
            {
                TemporaryPassword = Temporary,
                DesiredDeliveryMediums = Email,
                ValidationData = Calls.Attributes("plan=gold"),
                ClientMetadata = new { ticket = "T-17" },
            });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("Welcome {####}")]
    [InlineData("Welcome {username}")]
    public async Task Refuses_words_that_leave_out_the_name_or_the_password(string words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(CustomMessage, input => input["response"]!["emailMessage"] = words);
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage } });

        var answer = await Create(world, pool, "ana", Verified, new { DesiredDeliveryMediums = Email });

        Assert.Equal("InvalidLambdaResponseException", answer.Code);
        Assert.Equal("UserNotFoundException", (await world.Admin(pool, "AdminGetUser", "ana")).Code);
    }

    [Fact]
    public async Task Keeps_the_user_when_the_invitation_cannot_be_delivered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        world.Email.Refusal = new DeliveryException("550 no such mailbox", permanent: true);

        var answer = await Create(world, pool, "ana", Verified, new { DesiredDeliveryMediums = Email });

        Assert.Equal("CodeDeliveryFailureException", answer.Code);
        Assert.Equal("FORCE_CHANGE_PASSWORD", await pool.StatusOf("ana"));
    }

    [Theory]
    [InlineData("CONFIRMED")]
    [InlineData("UNCONFIRMED")]
    [InlineData("RESET_REQUIRED")]
    public async Task Renews_only_an_invitation(string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.SetStatus(pool.Id, "ana", status);

        Assert.Equal(
            "UnsupportedUserStateException: Resend not possible. ana status is not FORCE_CHANGE_PASSWORD",
            await world.LeavesNothing(() => Resend(world, pool, "ana")));
        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => Resend(world, pool, "ben")));
    }

    [Fact]
    public async Task Renews_the_invitation_of_a_disabled_user_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.InvitedUser("ana", email: "ana@example.com");
        await world.Admin(pool, "AdminDisableUser", "ana");

        Assert.Equal("200", (await Resend(world, pool, "ana")).ToString());
        Assert.Single(world.Email.Sent);
    }

    [Theory]
    [InlineData(null, 7)]
    [InlineData(0, 7)]
    [InlineData(2, 2)]
    public async Task Lets_the_temporary_password_expire_until_it_is_renewed(int? setting, int days)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var policy = new { MinimumLength = 8, TemporaryPasswordValidityDays = setting };
        var pool = await TestPool.Create(
            world, setting is null ? null : new { Policies = new { PasswordPolicy = policy } });
        await pool.InvitedUser("ana", email: "ana@example.com");

        world.Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        Assert.Equal("200", (await pool.SignIn("ana")).ToString());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            "NotAuthorizedException: Temporary password has expired and must be reset by an administrator.",
            (await pool.SignIn("ana")).ToString());

        await Resend(world, pool, "ana");
        Assert.Equal("200", (await pool.SignIn("ana", Temporary)).ToString());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_one_gets_the_name(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            20,
            "AdminCreateUser",
            _ => new { UserPoolId = pool.Id, Username = "ana", MessageAction = "SUPPRESS" });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(19, answers["UsernameExistsException"]);
    }

    private static Task<Answer> Resend(World world, TestPool pool, string username) => world.Admin(
        pool,
        "AdminCreateUser",
        username,
        new { MessageAction = "RESEND", TemporaryPassword = Temporary, DesiredDeliveryMediums = Email });
}
