using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Account;

public sealed class DeleteUserAttributesTests
{
    private const string NotWritable =
        "NotAuthorizedException: A client attempted to write unauthorized attribute";

    [Theory, EachDatabase]
    public async Task Deletes_the_address_with_its_verification_alias_and_code(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        await world.Own(token, "GetUserAttributeVerificationCode", new { AttributeName = "email" });
        world.Transcript.Clear();

        await Delete(world, token, "email", "nickname");
        await world.Own(token, "GetUser");
        await pool.SignIn("ana@example.com");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("nickname", NotWritable)]
    [InlineData("email_verified", NotWritable)]
    [InlineData("dev:custom:rank", NotWritable)]
    [InlineData("sub", "InvalidParameterException: user.sub: Attribute cannot be updated.\n")]
    [InlineData("name", "InvalidParameterException: user.name: Required attribute cannot be deleted.\n")]
    [InlineData(
        "custom:fixed", "InvalidParameterException: user.custom:fixed: Attribute cannot be updated.\n")]
    [InlineData(
        "custom:none",
        "InvalidParameterException: Invalid user attributes: "
        + "user.custom:none: Attribute does not exist in the schema.\n")]
    public async Task Refuses_what_client_or_schema_do_not_allow(string attribute, string refusal)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        object[] schema =
        [
            new { Name = "name", Required = true },
            new { Name = "fixed", AttributeDataType = "String", Mutable = false },
            new { Name = "loose", AttributeDataType = "String", Mutable = false },
            new { Name = "rank", AttributeDataType = "Number", DeveloperOnlyAttribute = true },
        ];
        string[] writes = ["name", "email", "custom:fixed", "custom:loose"];
        var pool = await TestPool.Create(world, new { Schema = schema }, new { WriteAttributes = writes });
        await world.SignUp(pool, "ana", "name=Ana;email=ana@example.com;custom:fixed=1");
        await world.Admin(pool, "AdminConfirmSignUp", "ana");
        var token = await pool.AccessTokenOf("ana");

        Assert.Equal(refusal, await world.LeavesNothing(() => Delete(world, token, "email", attribute)));
        // What is not there can be deleted, immutable or not.
        Assert.Equal("200", (await Delete(world, token, "email", "custom:loose")).ToString());
        Assert.Equal("200", (await Delete(world, token, "email")).ToString());
        Assert.Null(await world.AttributeOf(pool, "ana", "email"));
    }

    [Fact]
    public async Task Takes_the_claims_out_of_the_next_id_token()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana", email: "ana@example.com");
        var before = await app.SignedIn("ana");

        Assert.Equal("200", (await Delete(world, before.Access, "email")).ToString());

        var after = TestTokens.Of(await app.Refresh(before.Refresh!));
        Assert.Equal("ana@example.com", before.IdClaims["email"]!.GetValue<string>());
        Assert.Null(after.IdClaims["email"]);
        Assert.Null(after.IdClaims["email_verified"]);
        Assert.Equal("200", (await world.Own(before.Access, "GetUser")).ToString());
    }

    [Fact]
    public async Task Forgets_the_address_that_waits()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var settings = new { AttributesRequireVerificationBeforeUpdate = (string[])["email"] };
        var pool = await TestPool.Create(
            world,
            Calls.Merge(PoolKinds.Of("verifies email"), new { UserAttributeUpdateSettings = settings }));
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        var token = await pool.AccessTokenOf("ana");
        await world.Own(
            token,
            "UpdateUserAttributes",
            new { UserAttributes = Calls.Attributes("email=new@example.com") });

        Assert.Equal("200", (await Delete(world, token, "email")).ToString());

        var verified = await world.Own(
            token, "VerifyUserAttribute", new { AttributeName = "email", Code = pool.LastCode() });
        Assert.Equal("ExpiredCodeException", verified.Code);
        Assert.Null(await world.AttributeOf(pool, "ana", "email"));
    }

    [Fact]
    public async Task Refuses_by_the_state_of_the_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana");
        var token = await pool.AccessTokenOf("ana");

        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token", (await Delete(world, "x", "name")).ToString());
        await world.SetStatus(pool.Id, "ana", "UNCONFIRMED");
        Assert.Equal("UserNotConfirmedException", (await Delete(world, token, "name")).Code);
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal("PasswordResetRequiredException", (await Delete(world, token, "name")).Code);
    }

    private static Task<Answer> Delete(World world, string token, params string[] names) =>
        world.Own(token, "DeleteUserAttributes", new { UserAttributeNames = names });
}
