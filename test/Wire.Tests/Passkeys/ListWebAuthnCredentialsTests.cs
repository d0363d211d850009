using Lifeguard.Worlds;
using Lifeguard.Worlds.Passkeys;
using Xunit;

namespace Lifeguard.Wire.Tests.Passkeys;

public sealed class ListWebAuthnCredentialsTests
{
    [Theory, EachDatabase]
    public async Task Shows_a_user_s_passkeys_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        (string, string?)[] given = [("one", "platform"), ("two", "cross-platform"), ("three", null)];
        foreach (var (id, attachment) in given)
        {
            var authenticator = new SoftwareAuthenticator(PasskeyKey.Es256(), id) { Attachment = attachment };
            if (id == "two") authenticator.Aaguid = Guid.Empty;
            if (id == "three") (authenticator.Aaguid, authenticator.Transports) = (Guid.Empty, []);
            await world.RegisterPasskey(accessToken, authenticator);
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        world.Transcript.Clear();

        var page = await List(world, accessToken, 2);
        await List(world, accessToken, 2, page["NextToken"]!.GetValue<string>());
        await List(world, accessToken, 0);

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task A_page_goes_on_where_the_one_before_ended_whatever_was_deleted()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");
        for (var i = 0; i < 5; i++) await world.RegisterPasskey(accessToken);

        var all = Ids(await List(world, accessToken));
        var page = await List(world, accessToken, 2);
        await world.Must(
            "DeleteWebAuthnCredential", new { AccessToken = accessToken, CredentialId = all[1] });
        var rest = await List(world, accessToken, 20, page["NextToken"]!.GetValue<string>());

        Assert.Equal(all[..2], Ids(page));
        Assert.Equal(all[2..], Ids(rest));
        Assert.Null(rest["NextToken"]);
    }

    [Fact]
    public async Task Shows_nobody_else_s()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        await world.UserWithPasskey(pool, "ana");
        await pool.ConfirmedUser("ben");
        var bens = await pool.AccessTokenOf("ben");
        await world.RegisterPasskey(await pool.AccessTokenOf("ana"));
        var anas = await List(world, await pool.AccessTokenOf("ana"), 1);

        Assert.Empty(Ids(await List(world, bens)));
        Assert.Equal(
            "InvalidParameterException",
            (await List(world, bens, null, anas["NextToken"]!.GetValue<string>())).Code);
    }

    [Fact]
    public async Task Refuses_what_is_no_page()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PasskeyPools.Create(world);
        await pool.ConfirmedUser("ana");
        var accessToken = await pool.AccessTokenOf("ana");

        Assert.Equal("InvalidParameterException", (await List(world, accessToken, 21)).Code);
        Assert.Equal("InvalidParameterException", (await List(world, accessToken, -1)).Code);
        Assert.Equal("InvalidParameterException", (await List(world, accessToken, 1, "e30")).Code);
        Assert.Equal(
            "NotAuthorizedException: Invalid Access Token", (await List(world, "e30.e30.e30")).ToString());
        await world.SetStatus(pool.Id, "ana", "RESET_REQUIRED");
        Assert.Equal("PasswordResetRequiredException", (await List(world, accessToken)).Code);
    }

    private static Task<Answer> List(
        World world, string accessToken, int? maxResults = null, string? nextToken = null) => world.Call(
        "ListWebAuthnCredentials",
        new { AccessToken = accessToken, MaxResults = maxResults, NextToken = nextToken });

    private static string[] Ids(Answer answer) =>
    [
        .. answer["Credentials"]!.AsArray()
            .Select(credential => credential!["CredentialId"]!.GetValue<string>()),
    ];
}
