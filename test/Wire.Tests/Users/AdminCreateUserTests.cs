using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed partial class AdminCreateUserTests
{
    private const string Temporary = "Temp-1234!";
    private const string Verified = "email=ana@example.com;email_verified=true";
    private const string NameTaken = "UsernameExistsException: User account already exists";
    private const string EmailTaken =
        "UsernameExistsException: An account with the given email already exists.";
    private const string AliasTaken = "AliasExistsException: An account with the email already exists.";

    [Theory, EachDatabase]
    public async Task Invites_by_email_and_renews_the_invitation(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        await Create(
            world,
            pool,
            "ana",
            Verified,
            new { TemporaryPassword = Temporary, DesiredDeliveryMediums = Email });
        await pool.SignIn("ana", Temporary);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Admin(
            pool,
            "AdminCreateUser",
            "ana",
            new
            {
                MessageAction = "RESEND",
                TemporaryPassword = "Next-1234!",
                DesiredDeliveryMediums = Email,
                UserAttributes = Calls.Attributes("name=Ignored"),
            });
        await pool.SignIn("ana", Temporary);
        await pool.SignIn("ana", "Next-1234!");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("email name", "ana", "", "Username should be an email.")]
    [InlineData("phone name", "ana@example.com", "", "Username should be a phone number.")]
    [InlineData("both names", "ana", "", "Username should be either an email or a phone number.")]
    [InlineData("email alias", "ana@example.com", "", EmailShaped)]
    [InlineData("plain", "ana", "custom:role=x", NoType)]
    [InlineData("plain", "ana", "phone_number=5551230000", "Invalid phone number format.")]
    [InlineData("plain", "ana", "phone_number=+1555-123", "Invalid phone number format.")]
    [InlineData("plain", "ana", "email=ana", "Invalid email address format.")]
    [InlineData("plain", "ana", "email=a@b@c", "Invalid email address format.")]
    [InlineData("plain", "ana", "email_verified=true", "Email is required to verify/un-verify an email")]
    [InlineData("plain", "ana", "phone_number_verified=true", PhoneRequired)]
    [InlineData("plain", "ana", "birthdate=1.2.2000", null)]
    [InlineData("plain", "ana", "email=a@b;email_verified=yes", null)]
    [InlineData("plain", "ana", "sub=11111111-2222-3333-4444-555555555555", null)]
    [InlineData("email name", "ana@example.com", "email=ben@example.com", null)]
    public async Task Refuses_a_malformed_user(string kind, string username, string attributes, string? words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of(kind));

        var answer = await world.LeavesNothing(() => Create(world, pool, username, attributes));

        if (words is null) Assert.StartsWith("InvalidParameterException: ", answer, StringComparison.Ordinal);
        else Assert.Equal("InvalidParameterException: " + words, answer);
    }

    [Theory]
    [InlineData("Ab1!", "Password not long enough")]
    [InlineData("Abcdefg!", "Password must have numeric characters")]
    [InlineData("Abcdefg1", "Password must have symbol characters")]
    [InlineData("abcdef1!", "Password must have uppercase characters")]
    [InlineData("ABCDEF1!", "Password must have lowercase characters")]
    [InlineData("ÀÉÎÕÜdef1!", "Password must have uppercase characters")]
    public async Task Refuses_a_temporary_password_that_breaks_the_policy(string password, string reason)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var answer = await world.LeavesNothing(
            () => Create(world, pool, "ana", "", new { TemporaryPassword = password }));

        Assert.Equal("InvalidPasswordException: Password does not conform to policy: " + reason, answer);
    }

    [Theory]
    [InlineData(
        "EMAIL", "phone_number=+15551230000", "No email provided but desired delivery medium was Email")]
    [InlineData("SMS", "email=a@b.example", "No phone number provided but desired delivery medium was SMS")]
    public async Task Refuses_a_medium_that_the_user_cannot_be_reached_by(
        string medium, string attributes, string words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        string[] mediums = [medium];

        Assert.Equal(
            "InvalidParameterException: " + words,
            await world.LeavesNothing(
                () => Create(world, pool, "ana", attributes, new { DesiredDeliveryMediums = mediums })));
        // Suppressed, the message has no medium that could be missing.
        Assert.Equal(
            "200",
            (await Create(
                world,
                pool,
                "ana",
                attributes,
                new { DesiredDeliveryMediums = mediums, MessageAction = "SUPPRESS" }))
            .ToString());
    }

    [Fact]
    public async Task Looks_at_what_is_wrong_in_order()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.Answers(PreSignUp, new TriggerAnswer.Failed("no"));
        var pool = await TestPool.Create(
            world, new { LambdaConfig = new { PreSignUp }, UsernameAttributes = (string[])["email"] });
        var bad = new { TemporaryPassword = "short", DesiredDeliveryMediums = (string[])["SMS"] };
        var reachable = new { TemporaryPassword = "short", DesiredDeliveryMediums = Email };
        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id });
        await Create(world, pool, "ana@example.com");
        await world.Must("UpdateUserPool", new { UserPoolId = pool.Id, LambdaConfig = new { PreSignUp } });

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            await Refusal(new(world, "us-east-1_000000000", pool.ClientId), "ana", "custom:x=1", bad));
        Assert.Equal(
            "InvalidParameterException: Username should be an email.",
            await Refusal(pool, "ana", "custom:x=1", bad));
        Assert.Equal(
            "InvalidParameterException: Attributes did not conform to the schema: "
            + "Type for attribute {custom:x} could not be determined",
            await Refusal(pool, "ana@example.com", "custom:x=1", bad));
        Assert.Equal(
            "InvalidParameterException: No phone number provided but desired delivery medium was SMS",
            await Refusal(pool, "ana@example.com", "", bad));
        Assert.Equal(EmailTaken, await Refusal(pool, "ana@example.com", "", reachable));
        Assert.Equal(
            "InvalidPasswordException: Password does not conform to policy: Password not long enough",
            await Refusal(pool, "ben@example.com", "", reachable));
        Assert.Empty(world.Triggers.Events);
        Assert.Equal(
            "UserLambdaValidationException: PreSignUp failed with error no.",
            (await Create(world, pool, "ben@example.com")).ToString());

        Task<string> Refusal(TestPool where, string username, string attributes, object more) =>
            world.LeavesNothing(() => Create(world, where, username, attributes, more));
    }

    [Theory]
    [InlineData("plain", "ana", "ana", NameTaken)]
    [InlineData("plain", "ana", "Ana", "200")]
    [InlineData("case-insensitive", "ana", "ANA", NameTaken)]
    [InlineData("email name", "ana@example.com", "ana@example.com", EmailTaken)]
    [InlineData("phone name", "+15551230000", "+15551230000", PhoneTaken)]
    public async Task Refuses_a_name_that_is_taken(string kind, string first, string second, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of(kind));
        await Create(world, pool, first);

        if (expected == "200") Assert.Equal("200", (await Create(world, pool, second)).ToString());
        else Assert.Equal(expected, await world.LeavesNothing(() => Create(world, pool, second)));
    }

    [Theory, EachDatabase]
    public async Task Moves_a_verified_alias_only_when_forced(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        Assert.Equal(AliasTaken, await world.LeavesNothing(() => Create(world, pool, "ben", Verified)));
        Assert.Equal("200", (await Create(world, pool, "cleo", "email=ana@example.com")).ToString());
        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));

        Assert.Equal(
            "200",
            (await Create(world, pool, "ben", Verified, new { ForceAliasCreation = true })).ToString());
        Assert.Equal("false", await world.AttributeOf(pool, "ana", "email_verified"));
        Assert.Equal("ana@example.com", await world.AttributeOf(pool, "ana", "email"));
        var owner = await world.Admin(pool, "AdminGetUser", "ana@example.com");
        Assert.Equal("ben", owner["Username"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("preferred_username=ana")]
    [InlineData("preferred_username=queen")]
    public async Task Takes_no_preferred_name_from_somebody_forced_or_not(string preferred)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("every alias"));
        await Create(world, pool, "ana", "preferred_username=queen");

        foreach (var force in (bool[])[false, true])
        {
            Assert.Equal(
                "AliasExistsException",
                (await Create(world, pool, "ben", preferred, new { ForceAliasCreation = force })).Code);
        }

        Assert.Equal("UserNotFoundException", (await world.Admin(pool, "AdminGetUser", "ben")).Code);
    }

    [Fact]
    public async Task Forcing_moves_nothing_that_is_not_verified()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        await Create(world, pool, "ben", "email=ana@example.com", new { ForceAliasCreation = true });

        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));
    }

    private static string[] Email => ["EMAIL"];

    private static Task<Answer> Create(
        World world, TestPool pool, string username, string attributes = "", object? more = null) =>
        world.Admin(
            pool,
            "AdminCreateUser",
            username,
            Calls.Merge(new { UserAttributes = Calls.Attributes(attributes) }, more));

    private const string PreSignUp = "arn:aws:lambda:us-east-1:000000000000:function:presignup";

    private const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:words";

    private const string PostConfirmation = "arn:aws:lambda:us-east-1:000000000000:function:confirmed";

    private const string EmailShaped =
        "Username cannot be of email format, since user pool is configured for email alias.";

    private const string NoType =
        "Attributes did not conform to the schema: Type for attribute {custom:role} could not be determined";

    private const string PhoneRequired = "Phone Number is required to verify/un-verify a phone number";

    private const string PhoneTaken =
        "UsernameExistsException: An account with the given phone_number already exists.";
}
