using System.Text.Json.Nodes;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Triggers;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>Users whom the pool does not know and its function does.</summary>
public sealed class UserMigrationTests
{
    private const string NotFound = "UserNotFoundException: User does not exist.";

    [Theory, EachDatabase]
    public async Task Come_over_at_their_first_sign_in_and_are_known_from_then_on(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await MigrationPools.Create(world);
        world.Transcript.Clear();

        await world.Call("InitiateAuth", new
        {
            app.Pool.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
            ClientMetadata = new { from = "old shop" },
        });
        await app.Password("ana");

        world.Transcript.ShouldMatchApproved();
        Assert.Single(world.Triggers.Events);
    }

    [Theory, EachDatabase]
    public async Task Come_over_to_recover_a_password(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await MigrationPools.Create(world);
        world.Transcript.Clear();

        await world.Public(
            app.Pool, "ForgotPassword", "ana", new { ClientMetadata = new { from = "old shop" } });
        await world.Public(
            app.Pool, "ConfirmForgotPassword", "ana",
            new { ConfirmationCode = app.Pool.LastCode(), Password = "New-1234!" });

        world.Transcript.ShouldMatchApproved();
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana", "New-1234!")));
    }

    [Fact]
    public async Task Come_over_by_an_administrators_sign_in_too()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, byAdministrator: true);

        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
    }

    [Theory]
    [InlineData("USER_SRP_AUTH")]
    [InlineData("USER_AUTH")]
    [InlineData("CUSTOM_AUTH")]
    public async Task Do_not_come_by_flows_without_a_plain_password(string flow)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, ChallengePools.Settings);
        var pool = await app.Pool.AnotherClient(new
        {
            ExplicitAuthFlows = new[] { "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH", "ALLOW_CUSTOM_AUTH" },
        });
        await world.Must("UpdateUserPool", new
        {
            UserPoolId = pool.Id,
            LambdaConfig = new
            {
                UserMigration = MigrationPools.Arn,
                DefineAuthChallenge = ChallengePools.DefineArn,
                CreateAuthChallenge = ChallengePools.CreateArn,
                VerifyAuthChallengeResponse = ChallengePools.VerifyArn,
            },
        });

        var answer = await new TestApp(world, pool).Start(
            flow, ("USERNAME", "ana"), ("SRP_A", new SrpClient().PublicHex),
            ("PREFERRED_CHALLENGE", "PASSWORD"), ("PASSWORD", TestPool.Password));

        Assert.Equal(NotFound, answer.ToString());
        Assert.Empty(world.Triggers.Events);
    }

    [Theory]
    [InlineData("LEGACY")]
    [InlineData("ENABLED")]
    public async Task Who_must_choose_a_new_password_is_told_so_and_exists(string prevent)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, prevent: prevent);
        world.Knows("ana", """
            {"userAttributes":{"email":"ana@example.com"},"finalUserStatus":"RESET_REQUIRED",
             "messageAction":null,"desiredDeliveryMediums":["EMAIL"]}
            """);

        var answer = await app.Password("ana");

        Assert.Equal(
            "PasswordResetRequiredException: Password reset required for the user", answer.ToString());
        Assert.Equal("RESET_REQUIRED", await app.Pool.StatusOf("ana"));
        // The welcome is committed with the user, and the refusal keeps it from nothing.
        Assert.Equal("ana@example.com", Assert.Single(world.Email.Sent).To);
        var welcome = Assert.Single(
            await world.Get<Outbox>().List(app.Pool.Id, new(), 10, TestContext.Current.CancellationToken));
        Assert.Equal((OutboxState.Sent, 1), (welcome.State, welcome.Attempts));
    }

    [Fact]
    public async Task Need_not_satisfy_the_password_policy()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, new
        {
            Policies = new { PasswordPolicy = new { MinimumLength = 60 } },
        });

        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
        Assert.Equal("tokens", TestApp.Outcome(await app.Srp("ana")));
    }

    [Fact]
    public async Task Meet_what_every_sign_in_meets_after_that()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, MfaPools.Sms("OPTIONAL"));
        world.Knows(
            "ana", """{"userAttributes":{"phone_number":"+15551230000"},"enableSMSMFA":true}""");

        Assert.Equal("SMS_MFA", TestApp.Outcome(await app.Password("ana")));
    }

    [Theory]
    [InlineData(
        "ana@example.com", """{"username":"ana","email":"ana@example.com","email_verified":"true"}""")]
    [InlineData("ana", """{"username":"ana","email":"ana@example.com"}""")]
    [InlineData("ana", """{"email":"ana@example.com"}""")]
    public async Task Where_names_are_chosen_get_the_name_of_the_answer_or_the_one_typed(
        string typed, string attributes)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, new { AliasAttributes = new[] { "email" } });
        world.Knows(typed, $$"""{"userAttributes":{{attributes}}}""");

        Assert.Equal("tokens", TestApp.Outcome(await app.Password(typed)));
        Assert.Equal("CONFIRMED", await app.Pool.StatusOf("ana"));
    }

    [Fact]
    public async Task Where_people_sign_in_with_an_address_get_a_generated_name_and_the_address()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, new { UsernameAttributes = new[] { "email" } });
        world.Knows("ana@example.com", """{"userAttributes":{"name":"Ana","username":"ana"}}""");

        var tokens = await app.SignedIn("ana@example.com");

        Assert.Equal("ana@example.com", tokens.IdClaims["email"]!.GetValue<string>());
        Assert.Equal(
            tokens.IdClaims["sub"]!.GetValue<string>(), tokens.AccessClaims["username"]!.GetValue<string>());
    }

    [Theory]
    // A name that typing would not find; one that is no name; a name that is an address.
    [InlineData("ana", """{"username":"other","email":"ana@example.com","email_verified":"true"}""")]
    [InlineData("ana@example.com", """{"username":"ana","email":"ana@example.com"}""")]
    [InlineData(
        "ana@example.com", """{"username":"a b","email":"ana@example.com","email_verified":"true"}""")]
    [InlineData("ana@example.com", """{"email":"ana@example.com","email_verified":"true"}""")]
    // Attributes that the schema does not have, or not so.
    [InlineData("ana", """{"custom:none":"x"}""")]
    [InlineData("ana", """{"sub":"00000000-0000-4000-8000-000000000000"}""")]
    [InlineData("ana", """{"email":"nonsense"}""")]
    [InlineData("ana", """{"email_verified":"true"}""")]
    // Somebody else's address.
    [InlineData("ana", """{"email":"taken@example.com","email_verified":"true"}""")]
    public async Task What_cannot_be_a_user_is_refused_whole(string typed, string attributes)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, new { AliasAttributes = new[] { "email" } });
        await app.Pool.ConfirmedUser("holder", email: "taken@example.com");
        world.Knows(typed, $$"""{"userAttributes":{{attributes}}}""");

        Assert.Equal(
            $"UserNotFoundException: Exception migrating user in app client {app.Pool.ClientId}",
            (await app.Password(typed)).ToString());

        Assert.Single(await world.RowsOf("users"));
    }

    [Fact]
    public async Task May_lack_what_the_pool_requires()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, new
        {
            Schema = new[] { new { Name = "name", Required = true } },
        });

        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));
    }

    [Fact]
    public async Task Asking_for_what_the_pool_has_not_are_refused()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world);
        world.Knows("ana", """
            {"userAttributes":{"name":"Ana","phone_number":"+15551230000"},"enableSMSMFA":true}
            """);
        Assert.Equal("UserNotFoundException", (await app.Password("ana")).Code);
        Assert.Empty(await world.RowsOf("users"));
    }

    [Fact]
    public async Task Take_an_alias_where_the_function_forces_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, new { AliasAttributes = new[] { "email" } });
        await app.Pool.ConfirmedUser("holder", email: "ana@example.com");
        world.Knows("ana", """
            {"userAttributes":{"email":"ana@example.com","email_verified":"true"},"forceAliasCreation":true}
            """);

        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));

        Assert.Equal("false", await world.AttributeOf(app.Pool, "holder", "email_verified"));
        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana@example.com")));
    }

    [Theory]
    [InlineData("""{"messageAction":"SUPPRESS"}""", 0, 0)]
    [InlineData("""{"messageAction":null}""", 0, 1)]
    [InlineData("""{"messageAction":null,"desiredDeliveryMediums":["EMAIL"]}""", 1, 0)]
    [InlineData("""{"messageAction":null,"desiredDeliveryMediums":["EMAIL","SMS","EMAIL"]}""", 1, 1)]
    public async Task Are_welcomed_where_the_function_does_not_forbid_it(string members, int mails, int texts)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world, MfaPools.Sms("OFF"));
        var answer = JsonNode.Parse(members)!.AsObject();
        answer["userAttributes"] = new JsonObject
        {
            ["email"] = "ana@example.com",
            ["phone_number"] = "+15551230000",
        };
        world.Knows("ana", answer.ToJsonString());

        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));

        Assert.Equal(mails, world.Email.Sent.Count);
        Assert.Equal(texts, world.Sms.Sent.Count);
        foreach (var body in world.Email.Sent.Select(mail => mail.Body)
            .Concat(world.Sms.Sent.Select(text => text.Body)))
        {
            Assert.Contains("ana", body);
            Assert.DoesNotContain(TestPool.Password, body);
        }
    }

    [Theory]
    [InlineData("Hi {username}, come in.", null, "Hi ana, come in.")]
    [InlineData("Hi {username}, with {####}.", null, "Hi ana, with ********.")]
    [InlineData("Hi {username}, with {####}.", "Hello {username}!", "Hello ana!")]
    public async Task Are_welcomed_in_words_that_need_not_tell_of_a_temporary_password(
        string template, string? worded, string sent)
    {
        const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:words";
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(CustomMessage, input => input["response"]!["emailMessage"] = worded);
        var app = await MigrationPools.Create(world, new
        {
            LambdaConfig = new { UserMigration = MigrationPools.Arn, CustomMessage },
            AdminCreateUserConfig = new
            {
                InviteMessageTemplate = new { EmailMessage = template, EmailSubject = "Welcome" },
            },
        });
        world.Knows("ana", """
            {"userAttributes":{"email":"ana@example.com"},"messageAction":null,
             "desiredDeliveryMediums":["EMAIL"]}
            """);

        Assert.Equal("tokens", TestApp.Outcome(await app.Password("ana")));

        Assert.Equal(sent, Assert.Single(world.Email.Sent).Body);
    }

    public static TheoryData<string> Unusable =>
    [
        """{"userAttributes":["email"]}""",
        """{"userAttributes":{"email":7}}""",
        """{"userAttributes":{"email_verified":true}}""",
        """{"userAttributes":{"email":"ana@example.com"},"forceAliasCreation":"yes"}""",
        """{"userAttributes":{"email":"ana@example.com"},"enableSMSMFA":1}""",
        """{"userAttributes":{"email":"ana@example.com"},"finalUserStatus":true}""",
        """{"userAttributes":{"email":"ana@example.com"},"messageAction":[]}""",
        """{"userAttributes":{"email":"ana@example.com"},"desiredDeliveryMediums":"SMS"}""",
        """{"userAttributes":{"email":"ana@example.com"},"desiredDeliveryMediums":["PIGEON"]}""",
    ];

    [Theory, MemberData(nameof(Unusable))]
    public async Task An_answer_of_the_wrong_type_is_refused(string response)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world);
        world.Knows("ana", response);

        Assert.Equal(
            "InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON",
            (await app.Password("ana")).ToString());
        Assert.Empty(await world.RowsOf("users"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public async Task A_name_that_no_user_could_have_is_not_asked_about(int length)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world);
        var name = length == 0 ? "two words" : new string('a', length);

        Assert.Equal(NotFound, (await app.Password(name)).ToString());
        Assert.Empty(world.Triggers.Events);
    }

    [Fact]
    public async Task Do_not_come_over_by_way_of_a_replica()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, settings: MigrationPools.Settings);
        Assert.True((await replica.CallOnPool("UpdateUserPool", MigrationPools.Settings)).IsSuccess);
        world.Knows("ana", """{"userAttributes":{"email":"ana@example.com"}}""");

        Assert.Equal(NotFound, (await replica.There(() => replica.Pool.SignIn("ana"))).ToString());

        Assert.Empty(world.Triggers.Events);
        Assert.Equal("200", (await replica.Pool.SignIn("ana")).ToString());
    }

    [Fact]
    public async Task The_log_for_people_who_develop_triggers_masks_the_password()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await MigrationPools.Create(world);
        await app.Password("ana");
        world.Triggers.Answers(
            MigrationPools.Arn, new TriggerAnswer.Failed($"{TestPool.Password} is wrong"));
        await app.Password("ben");
        world.Triggers.Returns(MigrationPools.Arn, $"no JSON: {TestPool.Password}");
        await app.Password("cleo");

        var log = world.Get<TriggerLog>().List();

        Assert.Equal(3, log.Count);
        foreach (var record in log)
        {
            var text = System.Text.Encoding.UTF8.GetString(record.Event.Span) + record.Answer switch
            {
                TriggerAnswer.Returned returned => System.Text.Encoding.UTF8.GetString(returned.Payload.Span),
                TriggerAnswer.Failed failed => failed.ErrorMessage,
                _ => "",
            };
            Assert.DoesNotContain(TestPool.Password, text);
            Assert.Contains("\"password\":\"********\"", text);
        }
    }
}
