using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.IdentityProviders;

public sealed class CreateIdentityProviderTests
{
    [Theory, EachDatabase]
    public async Task Creates_a_provider_of_each_type(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Transcript.Clear();

        foreach (var (type, details) in Social) await Create(world, pool, type, type, details);
        await Create(
            world, pool, "Partner", "OIDC", Oidc(),
            new
            {
                AttributeMapping = new { email = "mail" },
                IdpIdentifiers = new[] { "partner.example", "partner" },
                AcrMapping = new { Level2 = "gold" },
            });
        await Create(world, pool, "Corp", "SAML", Saml());

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Gives_the_pool_s_users_identities_and_its_clients_the_provider()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var client = new
        {
            UserPoolId = pool.Id,
            ClientName = "pages",
            SupportedIdentityProviders = new[] { "COGNITO", "Google" },
        };
        Assert.Equal(
            $"InvalidParameterException: The provider Google does not exist for User Pool {pool.Id}",
            (await world.Call("CreateUserPoolClient", client)).ToString());
        Assert.DoesNotContain("identities", await Schema(world, pool));

        await Must(Create(world, pool, "Google", "Google", Social["Google"]));

        await Must(world.Call("CreateUserPoolClient", client));
        Assert.Equal(20, (await Schema(world, pool)).ToList().IndexOf("identities"));
    }

    [Fact]
    public async Task Keeps_no_secret_readable_and_does_not_show_Apple_s_key()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var google = await Must(Create(world, pool, "Google", "Google", Social["Google"]));
        var apple = await Must(
            Create(world, pool, "SignInWithApple", "SignInWithApple", Social["SignInWithApple"]));

        Assert.Equal("social-secret", (string?)Details(google)["client_secret"]);
        Assert.Null(Details(apple)["private_key"]);
        var rows = string.Join('\n', await world.RowsOf("identity_provider"));
        Assert.Contains("(bytes)", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("social-secret", rows, StringComparison.Ordinal);
        Assert.DoesNotContain(AppleKey, rows, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Google", "client_id", "clientId, clientSecret and authorizeScopes")]
    [InlineData("Facebook", "client_secret", "clientId, clientSecret and authorizeScopes")]
    [InlineData("LoginWithAmazon", "authorize_scopes", "clientId, clientSecret and authorizeScopes")]
    [InlineData("SignInWithApple", "team_id", "clientId, privateKey, teamId, and keyId")]
    [InlineData("SignInWithApple", "private_key", "clientId, privateKey, teamId, and keyId")]
    public async Task Refuses_a_known_type_without_what_it_needs(string type, string missing, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var details = new Dictionary<string, string>(Social[type]);
        details.Remove(missing);

        Assert.Equal(
            $"InvalidParameterException: {told} are all required idp details.",
            await world.LeavesNothing(() => Create(world, pool, type, type, details)));
        details[missing] = " ";
        Assert.Equal(
            $"InvalidParameterException: {told} are all required idp details.",
            await world.LeavesNothing(() => Create(world, pool, type, type, details)));
    }

    [Fact]
    public async Task What_a_known_type_adds_cannot_be_overruled()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var details = new Dictionary<string, string>(Social["Facebook"])
        {
            ["api_version"] = "v19.0",
            ["token_url"] = "https://evil.example/token",
        };

        var created = await Must(Create(world, pool, "Facebook", "Facebook", details));

        Assert.Equal(
            "https://graph.facebook.com/v19.0/oauth/access_token", (string?)Details(created)["token_url"]);
        details["api_version"] = "v1/../evil";
        Assert.Equal(
            "InvalidParameterException: api_version must look like v17.0.",
            await world.LeavesNothing(() => world.Call(
                "UpdateIdentityProvider",
                new { UserPoolId = pool.Id, ProviderName = "Facebook", ProviderDetails = details })));
    }

    [Theory]
    [InlineData("Corp", "Google", "Provider Corp cannot be of type Google.")]
    [InlineData("Google", "Facebook", "Provider Google cannot be of type Facebook.")]
    [InlineData("Google", "OIDC", "Provider Google cannot be of type OIDC.")]
    [InlineData("COGNITO", "SAML", "Provider COGNITO cannot be of type SAML.")]
    [InlineData("Cognito", "OIDC", "Provider Cognito cannot be of type OIDC.")]
    public async Task Refuses_a_name_that_stands_for_something_else(string name, string type, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            $"InvalidParameterException: {told}",
            await world.LeavesNothing(() => Create(world, pool, name, type, Social["Google"])));
    }

    [Theory]
    [InlineData("_corp")]
    [InlineData("my corp")]
    [InlineData("ab")]
    [InlineData("a123456789012345678901234567890123")]
    public async Task Refuses_a_name_that_breaks_the_contract(string name)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            await world.LeavesNothing(() => Create(world, pool, name, "OIDC", Oidc())),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_name_or_identifier_that_is_taken_in_the_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var (pool, other) = (await TestPool.Create(world), await TestPool.Create(world));
        var identified = new { IdpIdentifiers = new[] { "corp.example" } };
        await Must(Create(world, pool, "Corp", "OIDC", Oidc(), identified));

        Assert.Equal(
            "DuplicateProviderException: A provider with the name Corp already exists.",
            await world.LeavesNothing(() => Create(world, pool, "Corp", "SAML", Saml())));
        Assert.Equal(
            "DuplicateProviderException: Another identity provider has the identifier corp.example.",
            await world.LeavesNothing(() => Create(world, pool, "Partner", "OIDC", Oidc(), identified)));
        await Must(Create(world, other, "Corp", "OIDC", Oidc(), identified));
        await Must(Create(world, pool, "corp", "OIDC", Oidc()));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_with_the_same_name_one_is_created(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            12, "CreateIdentityProvider", _ => Request(pool, "Corp", "OIDC", Oidc()));

        Assert.Equal((1, 11), (answers["200"], answers["DuplicateProviderException"]));
    }

    [Theory]
    [InlineData("given_nam", "x", "given_nam is not an attribute of the user pool that can be mapped.")]
    [InlineData("custom:team", "x", "custom:team is not an attribute of the user pool that can be mapped.")]
    [InlineData("sub", "x", "sub is not an attribute of the user pool that can be mapped.")]
    [InlineData("identities", "x", "identities is not an attribute of the user pool that can be mapped.")]
    [InlineData("email", " ", "email has no value.")]
    public async Task Refuses_a_mapping_to_what_the_pool_does_not_have(
        string attribute, string claim, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var mapping = new { AttributeMapping = new Dictionary<string, string> { [attribute] = claim } };

        Assert.Equal(
            $"InvalidParameterException: Invalid attribute mapping: {told}",
            await world.LeavesNothing(() => Create(world, pool, "Partner", "OIDC", Oidc(), mapping)));
    }

    [Theory]
    [InlineData("OIDC", "Level5", "gold", "levels are Level1 to Level4.")]
    [InlineData("OIDC", "Level1", "", "the value of Level1 must be one word.")]
    [InlineData("OIDC", "Level1", "two words", "the value of Level1 must be one word.")]
    [InlineData("SAML", "Level1", "gold", "only OIDC providers support it.")]
    public async Task Refuses_levels_that_cannot_be(string type, string level, string name, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var acr = new { AcrMapping = new Dictionary<string, string> { [level] = name } };

        Assert.Equal(
            $"InvalidParameterException: Invalid AcrMapping: {told}",
            await world.LeavesNothing(() => Create(
                world, pool, "Partner", type, type == "SAML" ? Saml() : Oidc(), acr)));
    }

    [Fact]
    public async Task Refuses_more_than_a_pool_may_have_and_more_identifiers_than_a_provider_may()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(
                "200",
                (await world.Send(
                    "CreateIdentityProvider",
                    Request(pool, $"Corp{i}", "OIDC", Oidc()).ToJsonString())).ToString());
        }

        Assert.Equal(
            "LimitExceededException: The limit of 300 identity providers has been reached.",
            await world.LeavesNothing(() => Create(world, pool, "More", "OIDC", Oidc())));
        Assert.Contains(
            "Member must have length less than or equal to 50",
            await world.LeavesNothing(() => Create(
                world, pool, "More", "OIDC", Oidc(),
                new { IdpIdentifiers = Enumerable.Range(0, 51).Select(i => $"i{i}") })),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_not_there_and_too_many_details()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var nowhere = new TestPool(world, Nowhere, "client");

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Create(world, nowhere, "Partner", "OIDC", Oidc())).ToString());
        Assert.Equal(
            "InvalidParameterException: ProviderDetails can have 50 keys.",
            await world.LeavesNothing(() => Create(
                world, pool, "Partner", "OIDC",
                Enumerable.Range(0, 51).ToDictionary(i => $"key{i}", _ => "value"))));
    }

    private static JsonObject Details(Answer answer) =>
        answer["IdentityProvider"]!["ProviderDetails"]!.AsObject();

    private static async Task<IEnumerable<string>> Schema(World world, TestPool pool) =>
        (await world.Must("DescribeUserPool", new { UserPoolId = pool.Id }))["UserPool"]!["SchemaAttributes"]!
            .AsArray().Select(one => one!["Name"]!.GetValue<string>());
}
