using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminUpdateUserAttributesTests
{
    private const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:words";

    [Theory, EachDatabase]
    public async Task Replaces_the_address_and_sends_a_code_to_the_new_one(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(CustomMessage, _ => { });
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("email alias"), new { LambdaConfig = new { CustomMessage } }));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await Update(
            world,
            pool,
            "email=ana@example.org;name=Ana",
            new { ClientMetadata = new { ticket = "T-17" } });
        await world.Admin(pool, "AdminGetUser", "ana");
        await Update(world, pool, "email_verified=true;name=");

        world.Transcript.ShouldMatchApproved();
    }

    // changes -> e-mail and flag afterwards, codes sent; with and without verification before the update.
    [Theory]
    [InlineData(false, "email=new@example.com", "new@example.com", "false", 1)]
    [InlineData(false, "email=new@example.com;email_verified=true", "new@example.com", "true", 0)]
    [InlineData(false, "email=new@example.com;email_verified=TRUE", "new@example.com", "true", 0)]
    [InlineData(false, "email=new@example.com;email_verified=false", "new@example.com", "false", 1)]
    [InlineData(false, "email=ana@example.com", "ana@example.com", "true", 0)]
    [InlineData(false, "email_verified=false", "ana@example.com", "false", 0)]
    [InlineData(false, "email=", null, null, 0)]
    [InlineData(true, "email=new@example.com", "ana@example.com", "true", 1)]
    [InlineData(true, "email=new@example.com;email_verified=true", "new@example.com", "true", 0)]
    [InlineData(true, "email=ana@example.com", "ana@example.com", "true", 0)]
    public async Task Changes_the_address_as_the_pool_and_the_call_say(
        bool verifiesBefore, string changes, string? email, string? flag, int codes)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        string[] before = verifiesBefore ? ["email"] : [];
        var pool = await TestPool.Create(
            world,
            Calls.Merge(
                PoolKinds.Of("verifies email"),
                new
                {
                    UserAttributeUpdateSettings = new { AttributesRequireVerificationBeforeUpdate = before },
                }));
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        Assert.Equal("200", (await Update(world, pool, changes)).ToString());

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

        await Update(world, pool, "email=new@example.com");

        Assert.Equal("false", await world.AttributeOf(pool, "ana", "email_verified"));
        Assert.Empty(world.Email.Sent);
    }

    [Theory]
    [InlineData(
        "custom:role=x",
        "Invalid user attributes: user.custom:role: Attribute does not exist in the schema.\n")]
    [InlineData("custom:a=1;custom:b=2", TwoUnknown)]
    [InlineData("custom:fixed=2", "user.custom:fixed: Attribute cannot be updated.\n")]
    [InlineData("sub=11111111-2222-3333-4444-555555555555", "user.sub: Attribute cannot be updated.\n")]
    [InlineData("name=", "user.name: Required attribute cannot be deleted.\n")]
    [InlineData("phone_number=123", "Invalid phone number format.")]
    [InlineData("email=x", "Invalid email address format.")]
    [InlineData("phone_number_verified=true", "Phone Number is required to verify/un-verify a phone number")]
    [InlineData("phone_number_verified=false", "Phone Number is required to verify/un-verify a phone number")]
    [InlineData("custom:short=toolong", null)]
    [InlineData("custom:count=11", null)]
    [InlineData("custom:count=many", null)]
    [InlineData("email_verified=maybe", null)]
    public async Task Refuses_what_the_schema_does_not_allow(string changes, string? words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        object[] schema =
        [
            new { Name = "name", Required = true },
            new { Name = "fixed", AttributeDataType = "String", Mutable = false },
            new
            {
                Name = "short",
                AttributeDataType = "String",
                StringAttributeConstraints = new { MaxLength = "3" },
            },
            new
            {
                Name = "count",
                AttributeDataType = "Number",
                NumberAttributeConstraints = new { MaxValue = "10" },
            },
        ];
        var pool = await TestPool.Create(world, new { Schema = schema });
        await world.Admin(
            pool,
            "AdminCreateUser",
            "ana",
            new { UserAttributes = Calls.Attributes("email=ana@example.com;name=Ana;custom:fixed=1") });

        // What stands beside it is not written either.
        var answer = await world.LeavesNothing(() => Update(world, pool, "nickname=Nan;" + changes));

        if (words is null) Assert.StartsWith("InvalidParameterException: ", answer, StringComparison.Ordinal);
        else Assert.Equal("InvalidParameterException: " + words, answer);
    }

    [Theory, EachDatabase]
    public async Task Never_takes_an_alias_from_somebody(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("every alias"));
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("ben", email: "ben@example.com", phone: "+15551230000");
        await world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            "ben",
            new { UserAttributes = Calls.Attributes("preferred_username=king") });

        foreach (var (changes, name) in (IEnumerable<(string, string)>)
        [
            ("email=ben@example.com;email_verified=true", "email"),
            ("phone_number=+15551230000;phone_number_verified=true", "phone_number"),
            ("preferred_username=king", "preferred_username"),
        ])
        {
            Assert.Equal(
                $"AliasExistsException: An account with the given {name} already exists.",
                await world.LeavesNothing(() => Update(world, pool, changes)));
        }

        Assert.Equal("200", (await Update(world, pool, "email=ben@example.com")).ToString());
        Assert.Equal(
            "AliasExistsException: An account with the given email already exists.",
            await world.LeavesNothing(() => Update(world, pool, "email_verified=true")));
    }

    [Fact]
    public async Task Keeps_addresses_unique_where_they_are_the_names()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("email name"));
        var ana = await pool.ConfirmedUser("ana@example.com");
        await pool.ConfirmedUser("ben@example.com");

        Assert.Equal(
            "AliasExistsException: An account with the given email already exists.",
            await world.LeavesNothing(() => Update(world, pool, "email=ben@example.com", null, ana.Sub)));
        Assert.Equal("200", (await Update(world, pool, "email=cleo@example.com", null, ana.Sub)).ToString());
        Assert.Equal("200", (await pool.SignIn("cleo@example.com")).ToString());
        Assert.Equal("UserNotFoundException", (await pool.SignIn("ana@example.com")).Code);
    }

    [Fact]
    public async Task Works_in_any_status_and_for_the_disabled()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        await world.Admin(pool, "AdminDisableUser", "ana");
        foreach (var status in (string[])["UNCONFIRMED", "RESET_REQUIRED", "EXTERNAL_PROVIDER"])
        {
            await world.SetStatus(pool.Id, "ana", status);
            Assert.Equal("200", (await Update(world, pool, "name=" + status)).ToString());
            Assert.Equal(status, await world.AttributeOf(pool, "ana", "name"));
            Assert.Equal(status, await pool.StatusOf("ana"));
        }
    }

    [Fact]
    public async Task Changes_nothing_when_the_trigger_fails()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.Answers(CustomMessage, new TriggerAnswer.Failed("no"));
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("verifies email"), new { LambdaConfig = new { CustomMessage } }));
        await pool.ConfirmedUser("ana", email: "ana@example.com");

        Assert.Equal(
            "UserLambdaValidationException: CustomMessage failed with error no.",
            (await Update(world, pool, "email=new@example.com")).ToString());
        Assert.Equal("ana@example.com", await world.AttributeOf(pool, "ana", "email"));
        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));
    }

    [Fact]
    public async Task Voids_a_reset_code_that_went_to_the_old_address()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await AdminResetUserPasswordTests.Reset(world, pool, "ana");

        await Update(world, pool, "email=new@example.com;email_verified=true");

        Assert.StartsWith(
            "ExpiredCodeException",
            await AdminResetUserPasswordTests.Confirm(world, pool, pool.LastCode()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_unknown_users_before_it_looks_at_the_changes()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => Update(world, pool, "custom:x=1")));
    }

    private static Task<Answer> Update(
        World world, TestPool pool, string changes, object? more = null, string username = "ana") =>
        world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            username,
            Calls.Merge(new { UserAttributes = Calls.Attributes(changes) }, more));

    private const string TwoUnknown =
        "Invalid user attributes: user.custom:a: Attribute does not exist in the schema.\n"
        + "user.custom:b: Attribute does not exist in the schema.\n";
}
