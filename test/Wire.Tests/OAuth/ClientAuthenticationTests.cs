using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.OAuth.OAuthApp;

namespace Lifeguard.Wire.Tests.OAuth;

public sealed class ClientAuthenticationTests
{
    private const string Unknown = "400 invalid_client";
    private const string NotItsSecret = "400 invalid_client: invalid_client_secret";

    private static readonly (string, string) Grant = ("grant_type", "client_credentials");

    [Fact]
    public async Task Takes_the_secret_by_header_and_by_form()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool) = await Machine(world);
        var header = Basic(pool.ClientId, pool.ClientSecret!);

        Assert.Equal("200", (await app.Ask([Grant, .. app.Identity])).ToString());
        Assert.Equal("200", (await app.Ask([Grant], header)).ToString());
        // The same thing twice is no contradiction.
        Assert.Equal("200", (await app.Ask([Grant, .. app.Identity], header)).ToString());
    }

    [Fact]
    public async Task Takes_either_of_two_secrets_and_none_that_was_deleted()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool) = await Machine(world);
        var added = await world.Must(
            "AddUserPoolClientSecret", new { UserPoolId = pool.Id, pool.ClientId });
        var second = added["ClientSecretDescriptor"]!["ClientSecretValue"]!.GetValue<string>();
        var listed = await world.Must(
            "ListUserPoolClientSecrets", new { UserPoolId = pool.Id, pool.ClientId });
        var first = listed["ClientSecrets"]!.AsArray()
            .Select(secret => secret!["ClientSecretId"]!.GetValue<string>())
            .First(id => id != added["ClientSecretDescriptor"]!["ClientSecretId"]!.GetValue<string>());

        foreach (var secret in (string[])[pool.ClientSecret!, second])
            Assert.Equal("200", (await app.Ask([Grant], Basic(pool.ClientId, secret))).ToString());
        await world.Must(
            "DeleteUserPoolClientSecret",
            new { UserPoolId = pool.Id, pool.ClientId, ClientSecretId = first });
        Assert.Equal(NotItsSecret, (await app.Ask([Grant, .. app.Identity])).ToString());
    }

    [Fact]
    public async Task Takes_a_header_that_is_encoded_as_a_form_and_one_that_is_not()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (_, pool) = await Machine(world);
        var secret = "plus+plus_and_letters_1234";
        var made = await pool.AnotherClient(new
        {
            ClientSecret = secret,
            AllowedOAuthFlowsUserPoolClient = true,
            AllowedOAuthFlows = new[] { "client_credentials" },
            AllowedOAuthScopes = new[] { Read },
        });
        var app = new OAuthApp(world, made);

        Assert.Equal("200", (await app.Ask([Grant], Basic(made.ClientId, secret))).ToString());
        Assert.Equal(
            "200", (await app.Ask([Grant], Basic(made.ClientId, Uri.EscapeDataString(secret)))).ToString());
    }

    [Fact]
    public async Task A_client_that_is_there_is_told_that_its_secret_is_wrong_and_nobody_else()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool) = await Machine(world);
        var (_, elsewhere) = await Machine(world);

        foreach (var (id, secret, told) in new[]
            {
                (pool.ClientId, "wrong", NotItsSecret), (pool.ClientId, "", NotItsSecret),
                (pool.ClientId, pool.ClientSecret![..^1], NotItsSecret),
                ("nobody", pool.ClientSecret!, Unknown), ("no\0body", "x", Unknown),
                (new string('x', 5000), "x", Unknown),
                // It is right, and at the wrong pool.
                (elsewhere.ClientId, elsewhere.ClientSecret!, Unknown),
            })
        {
            Assert.Equal(told, (await app.Ask(
                [Grant, ("client_id", id), ("client_secret", secret)])).ToString());
            Assert.Equal(told, (await app.Ask([Grant], Basic(id, secret))).ToString());
        }

        Assert.Equal(NotItsSecret, (await app.Ask([Grant, ("client_id", pool.ClientId)])).ToString());
        Assert.Equal(Unknown, (await app.Ask([Grant, ("client_id", "nobody")])).ToString());
    }

    [Fact]
    public async Task A_blank_secret_makes_no_client_public()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool) = await Machine(world);

        foreach (var blank in (string[])["", " ", "\0"])
        {
            Assert.Equal(NotItsSecret, (await app.Ask(
                [Grant, ("client_id", pool.ClientId), ("client_secret", blank)])).ToString());
            Assert.Equal(NotItsSecret, (await app.Ask([Grant], Basic(pool.ClientId, blank))).ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic\t")]
    [InlineData("Basic ====")]
    [InlineData("Basic Og==")]
    [InlineData("Basic /w==")]
    [InlineData("bAsIc YQ==")]
    [InlineData("Bearer abc")]
    [InlineData("Basic YTpi, Basic YTpi")]
    public async Task A_header_that_names_nobody_is_refused_also_beside_a_good_form(string header)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Machine(world);

        Assert.Equal(Unknown, (await app.Ask([Grant, .. app.Identity], header)).ToString());
    }

    [Fact]
    public async Task The_name_of_the_scheme_may_have_any_case()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool) = await Machine(world);
        var header = Basic(pool.ClientId, pool.ClientSecret!).Replace("Basic ", "bASIC   ");

        Assert.Equal("200", (await app.Ask([Grant], header)).ToString());
    }

    [Fact]
    public async Task Two_things_that_differ_are_a_contradiction()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, pool) = await Machine(world);
        var header = Basic(pool.ClientId, pool.ClientSecret!);

        Assert.Equal(
            "400 invalid_request", (await app.Ask([Grant, ("client_id", "another")], header)).ToString());
        Assert.Equal(
            "400 invalid_request", (await app.Ask([Grant, ("client_secret", "x")], header)).ToString());
        Assert.Equal("400 invalid_request", (await app.Ask([Grant])).ToString());
    }

    [Theory]
    [InlineData(null, "400 invalid_request")]
    [InlineData("", "400 invalid_request")]
    [InlineData("password", "400 unsupported_grant_type")]
    [InlineData("Client_Credentials", "400 unsupported_grant_type")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer", "400 unsupported_grant_type")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange", "400 unsupported_grant_type")]
    public async Task Knows_three_grants_and_no_other(string? grant, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (app, _) = await Machine(world);

        Assert.Equal(
            expected,
            (await app.Ask(grant is null ? app.Identity : [("grant_type", grant), .. app.Identity]))
                .ToString());
    }
}
