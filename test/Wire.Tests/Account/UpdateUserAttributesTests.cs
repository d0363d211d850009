using System.Text.Json.Nodes;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Operations.Flows;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed partial class UpdateUserAttributesTests
{
    private const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:words";
    private const string NotWritable =
        "NotAuthorizedException: A client attempted to write unauthorized attribute";
    private const string EmailTaken =
        "AliasExistsException: An account with the given email already exists.";

    [Theory, EachDatabase]
    public async Task Replaces_address_and_number_and_sends_a_code_to_each(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(CustomMessage, _ => { });
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("verifies both"), new { LambdaConfig = new { CustomMessage } }));
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        var token = await pool.AccessTokenOf("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await Update(
            world,
            token,
            "email=ana@example.org;phone_number=+15551239999;name=Ana",
            new { ClientMetadata = new { ticket = "T-17" } });
        await world.Own(token, "GetUser");
        await Update(world, token, "name=;nickname=Nan");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task Leaves_the_old_address_in_place_where_the_pool_verifies_before(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, Before("email alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        world.Transcript.Clear();

        await Update(world, token, "email=ana@example.org");
        await world.Own(token, "GetUser");
        await world.Own(
            token, "VerifyUserAttribute", new { AttributeName = "email", Code = pool.LastCode() });
        await world.Own(token, "GetUser");

        world.Transcript.ShouldMatchApproved();
        Assert.Equal("200", (await pool.SignIn("ana@example.org")).ToString());
        Assert.Equal("UserNotFoundException", (await pool.SignIn("ana@example.com")).Code);
    }

    // changes -> e-mail and flag afterwards, codes sent; with and without verification before the update.
    [Theory]
    [InlineData(false, "email=new@example.com", "new@example.com", "false", 1)]
    [InlineData(false, "email=ana@example.com", "ana@example.com", "true", 0)]
    [InlineData(false, "email=", null, null, 0)]
    [InlineData(false, "name=Ana", "ana@example.com", "true", 0)]
    [InlineData(true, "email=new@example.com", "ana@example.com", "true", 1)]
    [InlineData(true, "email=ana@example.com", "ana@example.com", "true", 0)]
    [InlineData(true, "email=", null, null, 0)]
    public async Task Changes_the_address_as_the_pool_says(
        bool verifiesBefore, string changes, string? email, string? flag, int codes)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, verifiesBefore ? Before("verifies email") : PoolKinds.Of("verifies email"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        var answer = await Update(world, await pool.AccessTokenOf("ana"), changes);

        Assert.Equal(codes, answer["CodeDeliveryDetailsList"]!.AsArray().Count);
        Assert.Equal(email, await world.AttributeOf(pool, "ana", "email"));
        Assert.Equal(flag, await world.AttributeOf(pool, "ana", "email_verified"));
        Assert.Equal(codes, world.Email.Sent.Count);
        if (codes > 0) Assert.Equal("new@example.com", world.Email.Sent[0].To);
    }

    [Fact]
    public async Task Sends_no_code_where_the_pool_does_not_verify()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        var answer = await Update(world, await pool.AccessTokenOf("ana"), "email=new@example.com");

        Assert.Equal("""{"CodeDeliveryDetailsList":[]}""", answer.Body!.ToJsonString());
        Assert.Equal("false", await world.AttributeOf(pool, "ana", "email_verified"));
        Assert.Empty(world.Email.Sent);
    }

    [Theory]
    [InlineData("nickname=Nan", NotWritable)]
    [InlineData("email_verified=true", NotWritable)]
    [InlineData("phone_number_verified=", NotWritable)]
    [InlineData("dev:custom:rank=1", NotWritable)]
    [InlineData("sub=11111111-2222-3333-4444-555555555555", SubFixed)]
    [InlineData("custom:none=1", Unknown)]
    [InlineData("identities=[]", null)]
    [InlineData(
        "custom:fixed=2", "InvalidParameterException: user.custom:fixed: Attribute cannot be updated.\n")]
    [InlineData("name=", "InvalidParameterException: user.name: Required attribute cannot be deleted.\n")]
    [InlineData("email=x", "InvalidParameterException: Invalid email address format.")]
    [InlineData("phone_number=0155", "InvalidParameterException: Invalid phone number format.")]
    [InlineData("custom:short=toolong", null)]
    [InlineData("custom:count=1,000", null)]
    public async Task Refuses_what_client_or_schema_do_not_allow(string changes, string? refusal)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        string[] writes =
            ["name", "email", "phone_number", "custom:fixed", "custom:short", "custom:count", "website"];
        var pool = await TestPool.Create(
            world, new { Schema }, new { WriteAttributes = writes });
        var given = Calls.Attributes("name=Ana;custom:fixed=1");
        await world.Admin(pool, "AdminCreateUser", "ana", new { UserAttributes = given });
        await world.Admin(pool, "AdminSetUserPassword", "ana", new { Password, Permanent = true });
        var token = await pool.AccessTokenOf("ana");

        // What stands beside it is not written either.
        var answer = await world.LeavesNothing(() => Update(world, token, "website=w;" + changes));

        if (refusal is null)
            Assert.StartsWith("InvalidParameterException: ", answer, StringComparison.Ordinal);
        else Assert.Equal(refusal, answer);
    }

    [Fact]
    public async Task Lets_a_client_without_lists_write_everything_but_flags_and_what_is_for_developers()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { Schema });
        await world.SignUp(pool, "ana", "name=Ana;email=ana@example.com");
        await world.Admin(pool, "AdminConfirmSignUp", "ana");
        var token = await pool.AccessTokenOf("ana");

        foreach (var refused in (string[])["email_verified=true", "dev:custom:rank=1"])
            Assert.Equal(NotWritable, await world.LeavesNothing(() => Update(world, token, refused)));
        Assert.Equal("200", (await Update(world, token, "custom:short=abc;custom:count=-7.5")).ToString());
        Assert.Equal("-7.5", await world.AttributeOf(pool, "ana", "custom:count"));
    }

    [Fact]
    public async Task Refuses_by_the_state_of_the_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");

        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token", (await Update(world, "x", "name=A")).ToString());
        await world.SetStatus(pool.Id, "ana", "UNCONFIRMED");
        Assert.Equal(
            "UserNotConfirmedException: User is not confirmed.",
            await world.LeavesNothing(() => Update(world, token, "name=A")));
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal(
            "PasswordResetRequiredException: Password reset required for the user",
            await world.LeavesNothing(() => Update(world, token, "name=A")));
        await world.Admin(pool, "AdminDeleteUser", "ana");
        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => Update(world, token, "name=A")));
    }

    [Fact]
    public async Task Has_changed_the_address_when_the_code_cannot_be_delivered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        world.Email.Refusal = new DeliveryException("550 no such mailbox", permanent: true);
        world.Get<ConfirmationCodes>().Fixed = "123456";

        Assert.Equal(
            "CodeDeliveryFailureException", (await Update(world, token, "email=new@example.com")).Code);

        Assert.Equal("new@example.com", await world.AttributeOf(pool, "ana", "email"));
        Assert.Equal("false", await world.AttributeOf(pool, "ana", "email_verified"));
        var verified = await world.Own(
            token, "VerifyUserAttribute", new { AttributeName = "email", Code = "123456" });
        Assert.Equal("200", verified.ToString());
    }

    [Theory]
    [InlineData("failed", "UserLambdaValidationException: CustomMessage failed with error no.")]
    [InlineData("denied", "UnexpectedLambdaException")]
    [InlineData("codeless", "InvalidLambdaResponseException")]
    public async Task Changes_nothing_when_the_trigger_fails(string how, string refusal)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("verifies email"), new { LambdaConfig = new { CustomMessage } }));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        if (how == "codeless")
            world.Triggers.On(CustomMessage, input => input["response"]!["emailMessage"] = "no code");
        else
        {
            world.Triggers.Answers(
                CustomMessage,
                how == "failed"
                    ? new TriggerAnswer.Failed("no")
                    : new TriggerAnswer.NotInvoked("AccessDeniedException", MayRetry: false));
        }

        var answer = await Update(world, token, "email=new@example.com;name=Ana");

        Assert.StartsWith(refusal, answer.ToString(), StringComparison.Ordinal);
        Assert.Equal("ana@example.com", await world.AttributeOf(pool, "ana", "email"));
        Assert.Null(await world.AttributeOf(pool, "ana", "name"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Keeps_what_somebody_changed_while_the_trigger_was_thinking(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("verifies email"), new { LambdaConfig = new { CustomMessage } }));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        world.Triggers.On(CustomMessage, _ => world.Triggers.Events.Count > 1
            ? Task.CompletedTask
            : Update(world, token, "nickname=Nan"));

        Assert.Equal("200", (await Update(world, token, "email=new@example.com")).ToString());

        Assert.Equal("Nan", await world.AttributeOf(pool, "ana", "nickname"));
        Assert.Equal("new@example.com", await world.AttributeOf(pool, "ana", "email"));
        Assert.Single(world.Email.Sent);
    }

    [Theory, EachDatabase]
    public async Task Writes_to_new_addresses_only_so_often(DatabaseKind kind)
    {
        await using var world = await World.Start(kind, new AttemptLimits(AddressChanges: 2));
        var pool = await TestPool.Create(world, PoolKinds.Of("verifies email"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var (other, _) = await world.AnotherClient(pool, new { AccessTokenValidity = 5 });
        var token = await other.AccessTokenOf("ana");
        for (var i = 0; i < 2; i++)
            Assert.Equal("200", (await Update(world, token, $"email=a{i}@example.com")).ToString());

        Assert.Equal(
            "TooManyRequestsException: Rate exceeded",
            await world.LeavesNothing(() => Update(world, token, "email=b@example.com")));

        Assert.Equal("200", (await Update(world, token, "name=Ana")).ToString());
        await world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            "ana",
            new { UserAttributes = Calls.Attributes("email=c@example.com") });
        Assert.Equal("c@example.com", world.Email.Sent[^1].To);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("200", (await Update(world, token, "email=b@example.com")).ToString());
    }

    private const string Password = TestPool.Password;

    private const string SubFixed = "InvalidParameterException: user.sub: Attribute cannot be updated.\n";

    private const string Unknown =
        "InvalidParameterException: Invalid user attributes: "
        + "user.custom:none: Attribute does not exist in the schema.\n";

    private static readonly object[] Schema =
    [
        new { Name = "name", Required = true },
        new { Name = "fixed", AttributeDataType = "String", Mutable = false },
        new { Name = "rank", AttributeDataType = "Number", DeveloperOnlyAttribute = true },
        new
        {
            Name = "short",
            AttributeDataType = "String",
            StringAttributeConstraints = new { MaxLength = "3" },
        },
        new { Name = "count", AttributeDataType = "Number" },
    ];

    private static JsonObject Before(string kind) => Calls.Merge(
        PoolKinds.Of(kind),
        new
        {
            UserAttributeUpdateSettings = new
            {
                AttributesRequireVerificationBeforeUpdate = (string[])["email"],
            },
        });

    private static Task<Answer> Update(World world, string token, string changes, object? more = null) =>
        world.Own(
            token,
            "UpdateUserAttributes",
            Calls.Merge(new { UserAttributes = Calls.Attributes(changes) }, more));
}
