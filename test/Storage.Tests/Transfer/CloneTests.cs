using Lifeguard.Domain;
using Lifeguard.Storage.Transfer;

namespace Lifeguard.Storage.Tests.Transfer;

public sealed class CloneTests
{
    private const string NewId = "eu-west-1_Clone0001";

    [Theory, EachDatabase]
    public async Task A_clone_has_the_settings_and_clients_under_new_ids_and_secrets(DatabaseKind kind)
    {
        await using var deployment = await Moving.Open(kind);
        var stores = deployment.Stores;
        var pool = await deployment.FullPool();
        var before = await deployment.Rows(pool.Id);

        var cloned = await deployment.Clone.Run(new(pool.Id, NewId, "copy", false), Stores.Cancellation);

        Assert.Equal((NewId, 2), (cloned.PoolId, cloned.Contents.Of("app_client")));
        var clone = await stores.Pools.Get(NewId, Stores.Cancellation);
        Assert.Equal(
            ("copy", 3, stores.Now), (clone.Name, clone.Settings.AliasAttributes!.Count, clone.CreatedAt));
        var clients = await stores.Clients.List(NewId, null, 10, Stores.Cancellation);
        Assert.Equal(
            [$"app of client of {pool.Id}", $"app of public of {pool.Id}"],
            clients.Select(client => client.Settings.ClientName).Order(StringComparer.Ordinal));
        Assert.All(clients, client => Assert.Matches("^[a-z0-9]{26}$", client.Id));
        var confidential = Assert.Single(clients, client => client.IsConfidential);
        var secret = Assert.Single(confidential.Secrets);
        Assert.StartsWith($"{confidential.Id}--", secret.Id, StringComparison.Ordinal);
        Assert.Matches("^[a-z0-9]{51}$", secret.Value);
        Assert.Null(await stores.Users.FindByUsername(NewId, "anä 000000", Stores.Cancellation));
        Assert.Equal(before, await deployment.Rows(pool.Id));
        Assert.Empty(await deployment.Imports.List(Stores.Cancellation));
    }

    [Fact]
    public async Task A_clone_has_no_domain_and_takes_none_away()
    {
        await using var deployment = await Moving.Open(DatabaseKind.Memory);
        var stores = deployment.Stores;
        var pool = await deployment.FullPool();

        await deployment.Clone.Run(new(pool.Id, NewId, "copy", false), Stores.Cancellation);

        Assert.Empty(await stores.Domains.Of(NewId, Stores.Cancellation));
        Assert.Null((await stores.Pools.Get(NewId, Stores.Cancellation)).Settings.Domain);
        Assert.Equal(
            Moving.DomainOf(pool.Id),
            (await stores.Pools.Get(pool.Id, Stores.Cancellation)).Settings.Domain);
    }

    [Theory, EachDatabase]
    public async Task Its_pages_look_like_those_of_the_pool_and_belong_to_its_own_clients(DatabaseKind kind)
    {
        await using var deployment = await Moving.Open(kind);
        var stores = deployment.Stores;
        var pool = await deployment.FullPool();

        await deployment.Clone.Run(new(pool.Id, NewId, "copy", false), Stores.Cancellation);

        var client = (await stores.Clients.List(NewId, null, 10, Stores.Cancellation))
            .Single(each => each.IsConfidential);
        var style = await stores.LoginStyles.FindByClient(NewId, client.Id, Stores.Cancellation);
        Assert.Contains("ff0000ff", style!.Settings.ToString(), StringComparison.Ordinal);
        Assert.Equal(20, (await stores.LoginStyles.Images(NewId, client.Id, Stores.Cancellation)).Count);
        Assert.Single(await stores.Terms.Of(NewId, client.Id, Stores.Cancellation));
        var own = await stores.UICustomizations.Find(NewId, client.Id, Stores.Cancellation);
        var all = await stores.UICustomizations.Find(NewId, null, Stores.Cancellation);
        Assert.Equal((client.Id, null), (own!.ClientId, all!.ClientId));
        Assert.Equal("logo of all", System.Text.Encoding.UTF8.GetString(all.Logo!.Bytes));
    }

    [Theory, EachDatabase]
    public async Task Its_users_keep_everything_but_the_verifier(DatabaseKind kind)
    {
        await using var deployment = await Moving.Open(kind);
        var stores = deployment.Stores;
        var pool = await deployment.FullPool(users: 450);

        var cloned = await deployment.Clone.Run(new(pool.Id, NewId, "copy", true), Stores.Cancellation);

        Assert.Equal(450, cloned.Contents.Of("users"));
        var original = await Find(pool.Id);
        var copy = await Find(NewId);
        Assert.Equal(
            (original.Sub, original.Username, original.Status, original.CreatedAt),
            (copy.Sub, copy.Username, copy.Status, copy.CreatedAt));
        Assert.Equal(original.Attributes, copy.Attributes);
        Assert.Equal(original.PasswordHistory, copy.PasswordHistory);
        Assert.Equal(
            (original.Password!.Hash, original.Password.SetAt), (copy.Password!.Hash, copy.Password.SetAt));
        Assert.NotEmpty(original.Password.SrpVerifier);
        Assert.Empty(copy.Password.SrpVerifier);
        Assert.Empty(copy.Password.SrpSalt);

        async Task<User> Find(string poolId) => (await stores.Users.FindByAlias(
            poolId, "email", "u000446@example.com", Stores.Cancellation))!;
    }

    [Theory, EachDatabase]
    public async Task Nothing_that_belongs_to_sign_ins_is_copied(DatabaseKind kind)
    {
        await using var deployment = await Moving.Open(kind);
        var pool = await deployment.FullPool();

        await deployment.Clone.Run(new(pool.Id, NewId, "copy", true), Stores.Cancellation);

        var tables = (await deployment.Rows(NewId)).Select(line => line.Split(':')[0]).Distinct();
        Assert.Equal(
            [
                "app_client", "device", "group_member", "identity_provider", "idp_identifier", "log_delivery",
                "managed_login_asset", "managed_login_branding", "resource_server", "risk_configuration",
                "signing_key", "terms", "ui_customization", "user_alias", "user_group", "user_identity",
                "user_pool", "user_search", "users", "web_authn_credential",
            ],
            tables.Order(StringComparer.Ordinal));
        var keys = await deployment.Stores.Pools.SigningKeys(NewId, Stores.Cancellation);
        Assert.Equal([TokenUse.Id, TokenUse.Access], keys.Select(key => key.Use).Order());
        Assert.DoesNotContain(keys, key => key.KeyId.StartsWith("kid of", StringComparison.Ordinal));
        Assert.NotEqual(
            deployment.Keys.Active(pool.Id).Key, deployment.Keys.Active(NewId).Key);
    }

    [Theory, EachDatabase]
    public async Task There_must_be_a_pool_and_no_clone_of_that_id(DatabaseKind kind)
    {
        await using var deployment = await Moving.Open(kind);
        var pool = await deployment.FullPool();

        var unknown = await Assert.ThrowsAsync<ApiException>(
            () => deployment.Clone.Run(new("eu-west-1_Nowhere01", NewId, "copy", true), Stores.Cancellation));
        await Assert.ThrowsAsync<TransferException>(
            () => deployment.Clone.Run(new(pool.Id, pool.Id, "copy", true), Stores.Cancellation));

        Assert.Equal("ResourceNotFoundException", unknown.Code);
        Assert.Equal(0, await deployment.RowCount(NewId));
    }
}
