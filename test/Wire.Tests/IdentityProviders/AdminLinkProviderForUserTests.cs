using Lifeguard.Domain;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;
using static Lifeguard.Wire.Tests.IdentityProviders.ProviderCalls;

namespace Lifeguard.Wire.Tests.IdentityProviders;

public sealed class AdminLinkProviderForUserTests
{
    [Theory, EachDatabase]
    public async Task Links_identities_which_the_user_shows_from_then_on(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        world.Transcript.Clear();

        await Link(world, pool, "ana", "Google", "109336476016498885621");
        await Link(world, pool, "ana", "Corp", "ana@corp.example", "email");
        await Link(world, pool, "ana", "Partner", "00u-ana");
        await world.Call("AdminGetUser", new { UserPoolId = pool.Id, Username = "ana" });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task The_ID_token_tells_them_as_a_list()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        await Must(Link(world, pool, "ana", "Corp", "ana@corp"));

        var claims = TestTokens.Of(await pool.SignIn("ana")).IdClaims;

        Assert.Equal(
            """[{"userId":"ana@corp","providerName":"Corp","providerType":"SAML","""
            + "\"issuer\":\"https://saml.example/entity\",\"primary\":\"false\","
            + $"\"dateCreated\":\"{World.Beginning.ToUnixTimeMilliseconds()}\"}}]",
            claims["identities"]!.ToJsonString());
    }

    [Fact]
    public async Task Refuses_what_is_linked_already_and_what_has_signed_in_itself()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        var bob = await pool.ConfirmedUser("bob");
        await Must(Link(world, pool, "ana", "Google", "1"));
        await Primary(world, pool, "Google", "2", bob.Sub);

        Assert.Equal(
            "InvalidParameterException: SourceUser is already linked to DestinationUser",
            await world.LeavesNothing(() => Link(world, pool, "ana", "Google", "1")));
        Assert.Equal(
            "AliasExistsException: SourceUser is already linked to another user.",
            await world.LeavesNothing(() => Link(world, pool, "bob", "Google", "1")));
        Assert.Equal(
            "InvalidParameterException: Merging is not currently supported, provide a SourceUser that has "
            + "not been signed up in order to link",
            await world.LeavesNothing(() => Link(world, pool, "ana", "Google", "2")));
    }

    [Fact]
    public async Task A_federated_user_is_named_by_the_identity_and_not_by_a_name_that_looks_like_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        var ana = await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("Google_7");
        await Primary(world, pool, "Google", "6", ana.Sub);

        await Must(Link(world, pool, "6", "Corp", "ana@corp", destination: "Google"));
        Assert.NotNull(await Identities(world, pool, "ana"));
        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            await world.LeavesNothing(() => Link(world, pool, "7", "Corp", "x", destination: "Google")));
    }

    [Fact]
    public async Task Refuses_an_own_user_as_source_and_a_destination_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world, new { AliasAttributes = new[] { "email" } });
        await pool.ConfirmedUser("ana", "ana@example.com");

        Assert.Equal(
            "InvalidParameterException: Invalid SourceUser: Cognito users with a username/password may not "
            + "be passed in as a SourceUser, only as a DestinationUser",
            await world.LeavesNothing(() => Link(world, pool, "ana", "Cognito", "bob")));
        foreach (var name in (string[])["nobody", "ana@example.com"])
        {
            Assert.Equal(
                "UserNotFoundException: User does not exist.",
                await world.LeavesNothing(() => Link(world, pool, name, "Google", "1")));
        }
    }

    [Theory]
    [InlineData("Nobody", "Cognito_Subject", "1", "ResourceNotFoundException: Identity provider Nobody does "
        + "not exist.")]
    [InlineData("Google", "email", "a@b", "InvalidParameterException: Invalid SourceUser: "
        + "ProviderAttributeName must be Cognito_Subject.")]
    [InlineData("Corp", "phone_number", "+1", "InvalidParameterException: Invalid SourceUser: "
        + "ProviderAttributeName must be Cognito_Subject or an attribute that Corp maps.")]
    [InlineData("Corp", "", "1", "InvalidParameterException: Invalid SourceUser: ProviderAttributeName is "
        + "required.")]
    [InlineData("Corp", "Cognito_Subject", "", "InvalidParameterException: Invalid SourceUser: "
        + "ProviderAttributeValue is required.")]
    [InlineData("Corp", "Cognito_Subject", "a\nb", "InvalidParameterException: Invalid SourceUser: "
        + "ProviderAttributeValue can have 2048 characters, and none for control.")]
    public async Task Refuses_a_source_that_names_nobody(
        string provider, string attribute, string value, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");

        Assert.Equal(
            told, await world.LeavesNothing(() => Link(world, pool, "ana", provider, value, attribute)));
    }

    [Fact]
    public async Task Refuses_a_sixth_identity()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        for (var i = 0; i < 5; i++) await Must(Link(world, pool, "ana", "Corp", $"ana{i}"));

        Assert.Equal(
            "LimitExceededException: A user can be linked to 5 federated identities.",
            await world.LeavesNothing(() => Link(world, pool, "ana", "Google", "1")));
    }

    [Fact]
    public async Task Refuses_a_user_with_an_attribute_that_no_sign_in_could_change()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(
            world,
            new
            {
                Schema = new[] { new { Name = "team", AttributeDataType = "String", Mutable = false } },
            });
        await world.Must(
            "AdminCreateUser",
            new
            {
                UserPoolId = pool.Id,
                Username = "ana",
                MessageAction = "SUPPRESS",
                UserAttributes = new[] { new { Name = "custom:team", Value = "red" } },
            });
        await pool.ConfirmedUser("bob");

        Assert.Equal(
            "InvalidParameterException: user.custom:team: Attribute cannot be updated.\n",
            await world.LeavesNothing(() => Link(world, pool, "ana", "Google", "1")));
        await Must(Link(world, pool, "bob", "Google", "1"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_users_at_once_one_gets_the_identity(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await PoolWithProviders(world);
        for (var i = 0; i < 8; i++) await pool.ConfirmedUser($"user{i}");

        var answers = await world.Burst(
            8,
            "AdminLinkProviderForUser",
            i => new
            {
                UserPoolId = pool.Id,
                DestinationUser = new { ProviderName = "Cognito", ProviderAttributeValue = $"user{i}" },
                SourceUser = new
                {
                    ProviderName = "Google",
                    ProviderAttributeName = "Cognito_Subject",
                    ProviderAttributeValue = "1",
                },
            });

        Assert.Equal((1, 7), (answers["200"], answers["AliasExistsException"]));
        Assert.Single(await world.RowsOf("user_identity"));
    }

    [Fact]
    public async Task A_deleted_user_leaves_the_identity_free()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await PoolWithProviders(world);
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("bob");
        await Must(Link(world, pool, "ana", "Google", "1"));

        await Must(world.Call("AdminDeleteUser", new { UserPoolId = pool.Id, Username = "ana" }));

        await Must(Link(world, pool, "bob", "Google", "1"));
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_none_or_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            $"ResourceNotFoundException: User pool {Nowhere} does not exist.",
            (await Link(world, new(world, Nowhere, ""), "ana", "Google", "1")).ToString());
        world.Region = "eu-west-1";
        Assert.StartsWith(
            "InvalidParameterException: 1 validation error detected",
            (await Link(world, new(world, "no pool", ""), "ana", "Google", "1")).ToString(),
            StringComparison.Ordinal);
    }

    /// <summary>As a sign-in leaves the identity of a user who came into being by it.</summary>
    private static async Task Primary(World world, TestPool pool, string name, string value, string sub)
    {
        var provider = await world.Get<IdentityProviderStore>()
            .Get(pool.Id, name, TestContext.Current.CancellationToken);
        await world.Database.Write(
            transaction => world.Get<UserIdentityStore>().Insert(
                transaction,
                new UserIdentity(pool.Id, provider.Id, LinkRules.Subject, value, sub, IsPrimary: true),
                TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
    }
}
