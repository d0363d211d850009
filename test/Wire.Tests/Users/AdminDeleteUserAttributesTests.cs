using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed class AdminDeleteUserAttributesTests
{
    [Theory, EachDatabase]
    public async Task Deletes_the_number_with_its_verification_and_alias(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("every alias"));
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        world.Transcript.Clear();

        await Delete(world, pool, "+15551230000", "phone_number", "nickname");
        await world.Admin(pool, "AdminGetUser", "ana");
        await world.Admin(pool, "AdminGetUser", "+15551230000");

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData("email_verified", null)]
    [InlineData("dev:custom:rank", null)]
    [InlineData("custom:loose", null)]
    [InlineData("sub", "user.sub: Attribute cannot be updated.\n")]
    [InlineData("name", "user.name: Required attribute cannot be deleted.\n")]
    [InlineData("custom:fixed", "user.custom:fixed: Attribute cannot be updated.\n")]
    [InlineData(
        "custom:none",
        "Invalid user attributes: user.custom:none: Attribute does not exist in the schema.\n")]
    public async Task Deletes_what_the_schema_allows(string attribute, string? words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        object[] schema =
        [
            new { Name = "name", Required = true },
            new { Name = "fixed", AttributeDataType = "String", Mutable = false },
            new { Name = "loose", AttributeDataType = "String", Mutable = false },
            new { Name = "rank", AttributeDataType = "Number", DeveloperOnlyAttribute = true },
        ];
        var pool = await TestPool.Create(world, new { Schema = schema });
        var given = Calls.Attributes(
            "name=Ana;email=ana@example.com;email_verified=true;custom:fixed=1;dev:custom:rank=7");
        await world.Admin(pool, "AdminCreateUser", "ana", new { UserAttributes = given });

        if (words is null)
        {
            Assert.Equal("200", (await Delete(world, pool, "ana", attribute)).ToString());
            Assert.Null(await world.AttributeOf(pool, "ana", attribute));
            return;
        }

        // What stands beside it is not deleted either.
        Assert.Equal(
            "InvalidParameterException: " + words,
            await world.LeavesNothing(() => Delete(world, pool, "ana", "email", attribute)));
    }

    [Fact]
    public async Task Leaves_users_the_address_that_is_their_name()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, PoolKinds.Of("email name"));
        await pool.ConfirmedUser("ana@example.com");

        Assert.Equal(
            "InvalidParameterException: user.email: Required attribute cannot be deleted.\n",
            await world.LeavesNothing(() => Delete(world, pool, "ana@example.com", "email")));
    }

    [Fact]
    public async Task Works_in_any_status_and_for_the_disabled()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.Admin(pool, "AdminDisableUser", "ana");
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");

        Assert.Equal("200", (await Delete(world, pool, "ana", "email")).ToString());
        Assert.Equal("RESET_REQUIRED", await pool.StatusOf("ana"));
    }

    [Fact]
    public async Task Refuses_unknown_pools_and_users_before_it_looks_at_the_names()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => Delete(world, pool, "ana", "custom:x")));
        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await Delete(world, new(world, "us-east-1_000000000", "c"), "ana", "custom:x")).ToString());
    }

    private static Task<Answer> Delete(World world, TestPool pool, string username, params string[] names) =>
        world.Admin(pool, "AdminDeleteUserAttributes", username, new { UserAttributeNames = names });
}
