using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminResetUserPasswordTests
{
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:words";

    [Theory, EachDatabase]
    public async Task Sends_a_code_to_the_verified_email_and_stops_the_old_password(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Transcript.Clear();

        await world.Call("AdminResetUserPassword", new { UserPoolId = pool.Id, Username = "ana" });
        await pool.SignIn("ana");
        await pool.SignIn("ana", "Wrong-1234!");
        await world.Call(
            "ConfirmForgotPassword",
            new
            {
                pool.ClientId,
                Username = "ana",
                ConfirmationCode = pool.LastCode(),
                Password = "New-1234!",
            });
        await pool.SignIn("ana");
        await pool.SignIn("ana", "New-1234!");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Finds_the_user_by_name_by_alias_and_by_sub(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(
            world, new { AliasAttributes = new[] { "email", "phone_number", "preferred_username" } });
        var ana = await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");

        foreach (var name in (string[])["ana", ana.Sub, "ana@example.com", "+15551230000"])
            Assert.Equal("200", await Reset(world, pool, name));
        Assert.Equal(4, world.Sms.Sent.Count);
        Assert.Equal(
            "UserNotFoundException: User does not exist.", await Reset(world, pool, "ana@example.org"));
    }

    [Theory]
    [InlineData("ana@example.com", null, "InvalidEmailRoleAccessPolicyException: No mail server.")]
    [InlineData(null, "+15551230000", "InvalidSmsRoleAccessPolicyException: No texts.")]
    public async Task Locks_nobody_out_whom_no_code_can_reach(string? email, string? phone, string refusal)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email, phone);
        (world.Email.Unreachable, world.Sms.Unreachable) = ("No mail server.", "No texts.");

        Assert.Equal(refusal, await world.LeavesNothing(
            () => world.Call("AdminResetUserPassword", new { UserPoolId = pool.Id, Username = "ana" })));
        Assert.Equal("tokens", TestApp.Outcome(await pool.SignIn("ana")));
    }

    [Theory, EachDatabase]
    public async Task Finds_the_user_by_the_address_that_is_the_user_name(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { UsernameAttributes = new[] { "email" } });
        var ana = await pool.ConfirmedUser("ana@example.com", email: "ana@example.com");

        Assert.Equal("200", await Reset(world, pool, "ana@example.com"));
        Assert.Equal("200", await Reset(world, pool, ana.Sub));
        Assert.Equal("RESET_REQUIRED", await pool.StatusOf(ana.Sub));
    }

    // The decision table: enabled, status, usable verified contact, recovery setting -> answer.
    [Theory]
    [InlineData(false, "CONFIRMED", true, null, "NotAuthorizedException: User is disabled")]
    [InlineData(
        false, "FORCE_CHANGE_PASSWORD", false, "admin_only", "NotAuthorizedException: User is disabled")]
    [InlineData(true, "FORCE_CHANGE_PASSWORD", true, null, CannotReset)]
    [InlineData(true, "FORCE_CHANGE_PASSWORD", false, "admin_only", CannotReset)]
    [InlineData(true, "CONFIRMED", true, "admin_only", ByAdministrator)]
    [InlineData(true, "CONFIRMED", false, "admin_only", ByAdministrator)]
    [InlineData(true, "CONFIRMED", false, null, NoContact)]
    [InlineData(true, "CONFIRMED", false, "verified_email", NoContact)]
    [InlineData(true, "CONFIRMED", true, "verified_phone_number", NoContact)]
    [InlineData(true, "CONFIRMED", true, null, "200")]
    [InlineData(true, "CONFIRMED", true, "verified_email", "200")]
    [InlineData(true, "RESET_REQUIRED", true, null, "200")]
    [InlineData(true, "RESET_REQUIRED", false, null, NoContact)]
    [InlineData(true, "UNCONFIRMED", false, null, NoContact)]
    [InlineData(true, "UNCONFIRMED", true, null, "200")]
    public async Task Answers_as_the_decision_table_says(
        bool enabled, string status, bool hasContact, string? recovery, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, recovery is null ? null : RecoveryBy(recovery));
        await Bring(world, pool, status, hasContact, enabled);
        world.Transcript.Clear();
        var sentBefore = world.Email.Sent.Count;

        var answer = await Reset(world, pool, "ana");

        Assert.Equal(expected, answer);
        if (expected == "200")
        {
            Assert.Equal("RESET_REQUIRED", await pool.StatusOf("ana"));
            Assert.Equal(sentBefore + 1, world.Email.Sent.Count);
            return;
        }

        // Nothing may have changed: the transcript of the refused call shows no row.
        Assert.Equal(2, world.Transcript.ToString().TrimEnd('\n').Split('\n').Length);
        Assert.Equal(status, await pool.StatusOf("ana"));
        Assert.Equal(sentBefore, world.Email.Sent.Count);
    }

    [Fact]
    public async Task Refuses_a_federated_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("google_1234", email: "ana@example.com");
        await world.SetStatus(pool.Id, "google_1234", "EXTERNAL_PROVIDER");

        Assert.Equal(CannotReset, await Reset(world, pool, "google_1234"));
    }

    [Theory, EachDatabase]
    public async Task Passes_the_metadata_to_the_trigger_and_sends_its_words(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(Arn, input =>
        {
            var ticket = input["request"]!["clientMetadata"]!["ticket"]!.GetValue<string>();
            input["response"]!["emailSubject"] = $"Ticket {ticket}";
            input["response"]!["emailMessage"] = $"<p>Your code is {{####}} ({ticket})</p>";
        });
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage = Arn } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Transcript.Clear();

        await world.Call(
            "AdminResetUserPassword",
            new
            {
                UserPoolId = pool.Id,
                Username = "ana",
                ClientMetadata = new Dictionary<string, string> { ["ticket"] = "T-17" },
            });

        world.Transcript.ShouldMatchApproved();
    }

    public static TheoryData<TriggerAnswer, string> BrokenTriggers => new()
    {
        {
            new TriggerAnswer.Failed("no."),
            "UserLambdaValidationException: CustomMessage failed with error no.."
        },
        {
            new TriggerAnswer.NotInvoked("AccessDeniedException", MayRetry: false),
            "UnexpectedLambdaException: CustomMessage invocation failed due to error AccessDeniedException."
        },
        {
            new TriggerAnswer.Returned("\"done\""u8.ToArray()),
            "InvalidLambdaResponseException: Unrecognizable lambda output"
        },
        {
            new TriggerAnswer.Returned("{"u8.ToArray()),
            "InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON"
        },
        {
            new TriggerAnswer.Returned("""{"response":{"emailMessage":7}}"""u8.ToArray()),
            "InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON"
        },
        {
            new TriggerAnswer.Returned("""{"response":{"emailMessage":"no code in here"}}"""u8.ToArray()),
            "InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON"
        },
    };

    [Theory, MemberData(nameof(BrokenTriggers), DisableDiscoveryEnumeration = true)]
    public async Task Leaves_the_user_as_it_was_when_the_trigger_fails(TriggerAnswer broken, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.Answers(Arn, broken);
        var pool = await TestPool.Create(world, new { LambdaConfig = new { CustomMessage = Arn } });
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        Assert.Equal(expected, await Reset(world, pool, "ana"));
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        Assert.Empty(world.Email.Sent);
        Assert.True((await pool.SignIn("ana")).IsSuccess);
    }

    [Theory, EachDatabase]
    public async Task Only_the_newest_code_works(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await Reset(world, pool, "ana");
        var first = pool.LastCode();
        await Reset(world, pool, "ana");
        var second = pool.LastCode();

        Assert.Equal("RESET_REQUIRED", await pool.StatusOf("ana"));
        Assert.StartsWith(
            "CodeMismatchException", await Confirm(world, pool, first), StringComparison.Ordinal);
        Assert.Equal("200", await Confirm(world, pool, second));
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
    }

    [Fact]
    public async Task Allows_five_codes_an_hour()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        for (var i = 0; i < 5; i++) Assert.Equal("200", await Reset(world, pool, "ana"));

        Assert.Equal(
            "LimitExceededException: Attempt limit exceeded, please try after some time.",
            await Reset(world, pool, "ana"));
        Assert.Equal(5, world.Email.Sent.Count);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("200", await Reset(world, pool, "ana"));
    }

    [Theory]
    [InlineData("verified_phone_number", "verified_email", "sms")]
    [InlineData("verified_email", "verified_phone_number", "email")]
    public async Task Sends_to_the_first_verified_contact_of_the_recovery_setting(
        string first, string second, string medium)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, RecoveryBy(first, second));
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");

        Assert.Equal("200", await Reset(world, pool, "ana"));
        Assert.Equal(medium == "sms" ? 1 : 0, world.Sms.Sent.Count);
        Assert.Equal(medium == "email" ? 1 : 0, world.Email.Sent.Count);
    }

    internal static async Task<string> Reset(World world, TestPool pool, string username) =>
        (await world.Call("AdminResetUserPassword", new { UserPoolId = pool.Id, Username = username }))
        .ToString();

    internal static async Task<string> Confirm(
        World world, TestPool pool, string code, string password = "New-1234!") =>
        (await world.Call(
            "ConfirmForgotPassword",
            new { pool.ClientId, Username = "ana", ConfirmationCode = code, Password = password }))
        .ToString();

    private const string CannotReset =
        "NotAuthorizedException: User password cannot be reset in the current state.";

    private const string ByAdministrator = "NotAuthorizedException: Contact administrator to reset password.";

    private const string NoContact =
        "InvalidParameterException: "
        + "Cannot reset password for the user as there is no registered/verified email or phone_number";

    private static object RecoveryBy(params string[] mechanisms) => new
    {
        AccountRecoverySetting = new
        {
            RecoveryMechanisms = mechanisms.Select(
                (name, index) => new { Name = name, Priority = index + 1 }),
        },
    };

    private static async Task Bring(World world, TestPool pool, string status, bool hasContact, bool enabled)
    {
        var email = hasContact ? "ana@example.com" : null;
        if (status == "FORCE_CHANGE_PASSWORD") await pool.InvitedUser("ana", email);
        else await pool.ConfirmedUser("ana", email);
        if (status is "RESET_REQUIRED" or "UNCONFIRMED") await world.SetStatus(pool.Id, "ana", status);
        if (!enabled) await world.Must("AdminDisableUser", new { UserPoolId = pool.Id, Username = "ana" });
    }
}
