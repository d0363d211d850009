using System.Text.Json.Nodes;
using Lifeguard.Domain.Federation;
using Lifeguard.Storage;
using Lifeguard.Wire.Tests.IdentityProviders;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Federation;

/// <summary>Who comes from another provider, and what becomes of the user.</summary>
public sealed class FederatedSignInTests
{
    private const string Disabled = "invalid_request: User is not enabled";

    [Theory, EachDatabase]
    public async Task The_first_sign_in_makes_a_user_with_identity_and_group(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(world);

        var user = await world.Watch("sign in", () => pool.SignIn());

        Assert.Equal("Partner_123", user);
        await world.Call("AdminGetUser", new { UserPoolId = pool.Pool.Id, Username = user });
        var group = $"{pool.Pool.Id}_Partner";
        await world.Call("GetGroup", new { UserPoolId = pool.Pool.Id, GroupName = group });
        world.Transcript.ShouldMatchApproved();
    }

    [Theory, EachDatabase]
    public async Task The_second_sign_in_updates_what_is_mapped_and_keeps_what_is_not_told(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(world, new { email = "email", name = "name" });
        pool.Provider.Person["name"] = "Ana";
        await pool.SignIn();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        pool.Provider.Person = new() { ["sub"] = "123", ["email"] = "other@example.com" };
        world.Transcript.Clear();

        Assert.Equal("Partner_123", await world.Watch("sign in", () => pool.SignIn()));

        world.Transcript.ShouldMatchApproved();
        Assert.Equal(
            "email=other@example.com;name=Ana;email_verified=false", await pool.AttributesOf("Partner_123"));
    }

    [Fact]
    public async Task The_sign_in_says_by_whom_and_how()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);

        var arrived = await pool.Arrive();

        var made = arrived.SignIn;
        Assert.Equal(
            (pool.Pool.Id, arrived.User.Sub, "Partner", "fed", world.Clock.GetUtcNow()),
            (made.PoolId, made.Sub, made.Provider, string.Join(',', made.Methods), made.SignedInAt));
    }

    [Theory]
    [InlineData(true, "Partner_AbC")]
    [InlineData(false, "partner_abc")]
    public async Task The_name_is_folded_as_the_pool_compares(bool isCaseSensitive, string name)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world, settings: new { UsernameConfiguration = new { CaseSensitive = isCaseSensitive } });
        pool.Provider.Person["sub"] = "AbC";

        Assert.Equal(name, await pool.SignIn());
        Assert.Equal(name, await pool.SignIn());
    }

    [Fact]
    public async Task Subjects_that_differ_in_case_are_two_people()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var folding = await FederatedPool.Create(
            world, settings: new { UsernameConfiguration = new { CaseSensitive = false } });
        folding.Provider.Person["sub"] = "abc";
        await folding.SignIn();

        folding.Provider.Person["sub"] = "ABC";

        Assert.Equal(
            "invalid_request: Already found an entry for username partner_abc", await folding.SignIn());
        await using var another = await World.Start(DatabaseKind.Memory);
        using var exact = await FederatedPool.Create(another);
        exact.Provider.Person["sub"] = "abc";
        await exact.SignIn();
        exact.Provider.Person["sub"] = "ABC";
        Assert.Equal("Partner_ABC", await exact.SignIn());
    }

    [Fact]
    public async Task A_name_that_an_own_user_has_is_not_taken_from_that_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.Pool.ConfirmedUser("Partner_123");

        Assert.Equal("invalid_request: Already found an entry for username Partner_123", await pool.SignIn());
        Assert.Empty(await world.RowsOf("user_identity"));
    }

    [Theory]
    [InlineData(121, "have length less than or equal to 128")]
    [InlineData(-1, @"satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    public async Task A_subject_that_makes_no_name_makes_no_user(int length, string told)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var subject = length < 0 ? "a b" : new string('1', length);
        pool.Provider.Person["sub"] = subject;

        Assert.Equal(
            $"invalid_request: 1 validation error detected: Value 'Partner_{subject}' at 'userName' failed "
            + $"to satisfy constraint: Member must {told}",
            await pool.SignIn());
        Assert.Empty(await world.RowsOf("users"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_first_sign_ins_at_once_one_makes_the_user_for_all(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        using var pool = await FederatedPool.Create(world);

        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => pool.SignIn())));

        Assert.All(all, user => Assert.Equal("Partner_123", user));
        Assert.Single(await world.RowsOf("users"));
        Assert.Single(await world.RowsOf("user_identity"));
        Assert.Single(await world.RowsOf("user_group"));
    }

    [Fact]
    public async Task A_disabled_user_stays_outside()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.SignIn();
        await world.Admin(pool.Pool, "AdminDisableUser", "Partner_123");

        Assert.Equal(Disabled, await pool.SignIn());

        await world.Admin(pool.Pool, "AdminEnableUser", "Partner_123");
        Assert.Equal("Partner_123", await pool.SignIn());
    }

    [Fact]
    public async Task A_deleted_user_comes_again_as_another()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        var before = await pool.Arrive();
        await world.Admin(pool.Pool, "AdminDeleteUser", "Partner_123");

        var after = await pool.Arrive();

        Assert.Equal("Partner_123", after.User.Username);
        Assert.NotEqual(before.User.Sub, after.User.Sub);
    }

    [Theory]
    [InlineData("""{"SupportedIdentityProviders":["COGNITO"]}""")]
    [InlineData(null)]
    public async Task A_provider_that_is_taken_away_meanwhile_opens_nothing(string? client)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.SignIn();
        var begun = await pool.Begin();
        if (client is null)
        {
            await world.Must(
                "DeleteIdentityProvider", new { UserPoolId = pool.Pool.Id, ProviderName = "Partner" });
        }
        else
        {
            await world.Must("UpdateUserPoolClient", Calls.Merge(
                new { UserPoolId = pool.Pool.Id, pool.Pool.ClientId }, JsonNode.Parse(client)));
            // What is known of clients may be seconds old.
            world.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.Equal(
            "invalid_request: Login option is not available. Please try another one",
            await pool.Finish(begun, pool.Provider.Authorize(begun.Address)));
    }

    [Fact]
    public async Task Another_provider_of_the_name_opens_nobody_s_account()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.SignIn();
        var begun = await pool.Begin();
        await world.Must(
            "DeleteIdentityProvider", new { UserPoolId = pool.Pool.Id, ProviderName = "Partner" });
        using var other = FederatedPool.ProviderIn(world, "https://other.example");
        await ProviderCalls.Must(ProviderCalls.Create(
            world, pool.Pool, "Partner", "OIDC", other.Details(),
            new { AttributeMapping = new { email = "email" } }));

        Assert.Equal(
            "invalid_request: Login option is not available. Please try another one",
            await pool.Finish(begun, pool.Provider.Authorize(begun.Address)));
        using var theirs = await FederatedPool.Offering(world, pool.Pool, "Partner", other);
        Assert.Equal(
            "invalid_request: Already found an entry for username Partner_123", await theirs.SignIn());
    }

    [Fact]
    public async Task The_second_factor_of_the_pool_is_not_asked_for()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await world.Must("SetUserPoolMfaConfig", new
        {
            UserPoolId = pool.Pool.Id,
            MfaConfiguration = "ON",
            SoftwareTokenMfaConfiguration = new { Enabled = true },
        });

        Assert.Equal("Partner_123", await pool.SignIn());
    }

    [Theory]
    [InlineData("UsernameAttributes")]
    [InlineData("AliasAttributes")]
    public async Task An_address_that_an_own_user_has_makes_two_users_and_moves_nothing(string setting)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world,
            new { email = "email", email_verified = "email_verified" },
            new JsonObject { [setting] = new JsonArray("email") });
        var own = await pool.Pool.ConfirmedUser(
            setting == "UsernameAttributes" ? "ana@example.com" : "ana", "ana@example.com");
        pool.Provider.Person["email_verified"] = true;

        var arrived = await pool.Arrive();

        Assert.Equal("Partner_123", arrived.User.Username);
        Assert.NotEqual(own.Sub, arrived.User.Sub);
        var found = await world.Admin(pool.Pool, "AdminGetUser", "ana@example.com");
        Assert.Equal(own.Sub, Calls.ValueIn(found["UserAttributes"], "sub"));
        Assert.Equal("true", await world.AttributeOf(pool.Pool, "ana@example.com", "email_verified"));
        Assert.True((await pool.Pool.SignIn("ana@example.com")).IsSuccess);
    }

    [Fact]
    public async Task Somebody_may_register_with_the_address_of_a_federated_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world, settings: new { UsernameAttributes = new[] { "email" } });
        await pool.SignIn();

        var answer = await world.SignUp(pool.Pool, "ana@example.com");

        Assert.True(answer.IsSuccess, answer.ToString());
    }

    [Fact]
    public async Task Federated_users_have_no_password_to_sign_in_with_or_to_reset()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world);
        await pool.SignIn();

        Assert.Equal("EXTERNAL_PROVIDER", await pool.Pool.StatusOf("Partner_123"));
        Assert.Equal(
            "NotAuthorizedException: Incorrect username or password.",
            (await pool.Pool.SignIn("Partner_123")).ToString());
        Assert.Equal(
            "NotAuthorizedException: User password cannot be reset in the current state.",
            (await world.Public(pool.Pool, "ForgotPassword", "Partner_123")).ToString());
    }

    [Fact]
    public async Task A_sign_in_at_a_pool_that_watches_is_remembered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(world, settings: new
        {
            UserPoolTier = "PLUS",
            UserPoolAddOns = new { AdvancedSecurityMode = "AUDIT" },
        });

        var arrived = await pool.Arrive();

        var listed = await world.Admin(pool.Pool, "AdminListUserAuthEvents", "Partner_123");
        var only = Assert.Single(listed["AuthEvents"]!.AsArray());
        Assert.Equal(
            (arrived.SignIn.EventId, "SignIn", "Pass"),
            (
                only!["EventId"]!.GetValue<string>(), only["EventType"]!.GetValue<string>(),
                only["EventResponse"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_replica_signs_in_whom_the_pool_knows_and_changes_nobody()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        using var pool = await FederatedPool.Create(
            world, settings: new { KeyConfiguration = TestReplica.Key });
        var replica = new TestReplica(world, pool.Pool);
        await world.Must(
            "CreateUserPoolReplica", new { UserPoolId = pool.Pool.Id, RegionName = TestReplica.Region });
        await replica.Become("ACTIVE");
        pool.Replica = Assert.Single(
            await world.Get<ReplicaStore>().Of(pool.Pool.Id, TestContext.Current.CancellationToken));

        Assert.Equal(
            "invalid_request: New users can sign in only in the primary Region", await pool.SignIn());

        pool.Replica = null;
        await pool.SignIn();
        pool.Replica = (await world.Get<ReplicaStore>()
            .Of(pool.Pool.Id, TestContext.Current.CancellationToken))[0];
        pool.Provider.Person["email"] = "new@example.com";
        Assert.Equal("Partner_123", await pool.SignIn());
        Assert.Equal("email=ana@example.com;email_verified=false", await pool.AttributesOf("Partner_123"));
    }

    [Fact]
    public void Profiles_and_arrivals_print_nothing_of_themselves()
    {
        var claims = new Dictionary<string, string> { ["access_token"] = "x" };
        var profile = new FederatedProfile("123", claims, []);

        Assert.Equal("FederatedProfile", profile.ToString());
    }
}
