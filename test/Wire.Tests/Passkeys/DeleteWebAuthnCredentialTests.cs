using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Passkeys;

public sealed class DeleteWebAuthnCredentialTests
{
    [Theory, EachDatabase]
    public async Task Gives_a_passkey_up(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        var authenticator = await world.RegisterPasskey(accessToken, world.Steady());
        world.Transcript.Clear();

        await Delete(world, accessToken, authenticator.IdText);
        await Delete(world, accessToken, authenticator.IdText);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Can_be_registered_again()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        var authenticator = await world.RegisterPasskey(accessToken);
        await Delete(world, accessToken, authenticator.IdText);

        await world.RegisterPasskey(accessToken, authenticator);

        Assert.Single(await world.RowsOf("web_authn_credential"));
    }

    [Fact]
    public async Task Nobody_gives_up_somebody_else_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        var anas = await world.UserWithPasskey(pool, "ana");
        await pool.ConfirmedUser("ben");
        var bens = await pool.AccessTokenOf("ben");

        Assert.Equal(
            "ResourceNotFoundException",
            (await Delete(world, bens, anas.IdText)).Code);
        Assert.Single(await world.RowsOf("web_authn_credential"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64url!")]
    [InlineData("a\0b")]
    public async Task What_is_not_there_is_not_found(string id)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        Assert.StartsWith(
            "ResourceNotFoundException",
            await world.LeavesNothing(() => Delete(world, accessToken, id)));
        Assert.Equal(
            "ResourceNotFoundException", (await Delete(world, accessToken, new string('A', 100_000))).Code);
    }

    [Fact]
    public async Task Is_for_users_who_are_signed_in()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        Assert.Equal("InvalidParameterException", (await Delete(world, accessToken, null)).Code);
        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token",
            (await Delete(world, "e30.e30.e30", "AAAA")).ToString());
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal("PasswordResetRequiredException", (await Delete(world, accessToken, "AAAA")).Code);
    }

    private static Task<Answer> Delete(World world, string accessToken, string? id) =>
        world.Call("DeleteWebAuthnCredential", new { AccessToken = accessToken, CredentialId = id });
}
