using System.Text.Json.Nodes;
using Lifeguard.Contract;
using Lifeguard.Contract.Tests;
using Lifeguard.Wire.Tests.Branding;
using Lifeguard.Wire.Tests.IdentityProviders;
using Lifeguard.Wire.Tests.Terms;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Whoever administers one pool, with the names of what is in another (CVE-2025-27507,
/// CVE-2025-64431, CVE-2025-14777).</summary>
public sealed class ForeignPoolTests
{
    private const string Mark = "elsewhere";
    private const string Address = "only@elsewhere.example";

    private static readonly string[] Tables =
    [
        "user_pool", "signing_key", "app_client", "users", "user_alias", "confirmation_code", "user_group",
        "group_member", "spent", "revocation", "software_token", "device", "user_session",
        "resource_server", "user_import_job", "auth_event", "risk_configuration", "log_delivery",
        "user_pool_replica", "web_authn_credential", "user_pool_domain", "identity_provider",
        "idp_identifier", "user_identity", "saml_certificate", "managed_login_branding",
        "managed_login_asset", "terms", "ui_customization",
    ];

    public static IEnumerable<string> Operations =>
        from facts in OperationFactsTable.All.Values
        where Members(facts.Name).Any(member => member.Name == "UserPoolId")
        select facts.Name;

    [Theory, EachDatabase]
    public async Task Every_operation_on_one_pool_with_names_of_another_neither_shows_nor_changes_it(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var own = await TestPool.Create(
            world, Calls.Merge(DevicePools.Settings(), RiskPools.Watching("ENFORCED")));
        var foreign = await Elsewhere.Create(world);
        var before = await RowsOf(world, foreign.Pool.Id);
        var wrong = new List<string>();
        var tried = 0;
        foreach (var operation in Operations)
        {
            var request = Request(operation, foreign);
            request["UserPoolId"] = own.Id;
            // The others must still find the pool.
            if (operation == "DeleteUserPool") continue;

            var answer = await world.Send(operation, request.ToJsonString());

            tried++;
            if (answer.Code == Errors.InternalErrorException) wrong.Add($"{operation}: {answer}");
            if (Shows(answer, Address) || Shows(answer, foreign.Pool.Id)) wrong.Add($"{operation} shows it");
            if (!before.SequenceEqual(await RowsOf(world, foreign.Pool.Id)))
                wrong.Add($"{operation} changes it");
        }

        Assert.Empty(wrong);
        Assert.True(tried >= 60, $"Only {tried} operations were tried.");
        Assert.Contains(Address, string.Join('\n', before), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task No_operation_takes_the_client_of_another_pool(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var own = await RiskPools.Create(world);
        await own.ConfirmedUser("ana");
        var foreign = await Elsewhere.Create(world);
        var wrong = new List<string>();
        var tried = 0;
        foreach (var operation in Operations)
        {
            if (Members(operation).All(member => member.Name != "ClientId")) continue;
            var request = Request(operation, foreign);
            request["UserPoolId"] = own.Id;
            request["ClientId"] = foreign.Pool.ClientId;

            var answer = await world.Send(operation, request.ToJsonString());

            tried++;
            if (answer.Code != Errors.ResourceNotFoundException) wrong.Add($"{operation}: {answer}");
        }

        Assert.Empty(wrong);
        Assert.True(tried >= 8, $"Only {tried} operations were tried.");
    }

    private static IEnumerable<(string Name, string Shape, bool IsRequired)> Members(string operation) =>
        Facts.Members((string)Facts.Operation(operation)["input"]!);

    private static JsonObject Request(string operation, Elsewhere foreign)
    {
        var request = Samples.Structure((string)Facts.Operation(operation)["input"]!, all: false);
        var given = foreign.Names();
        foreach (var member in Members(operation).Where(member => given.ContainsKey(member.Name)))
        {
            if (member.IsRequired || member.Name != "ClientId") request[member.Name] = given[member.Name];
        }

        return request;
    }

    private static bool Shows(Answer answer, string text) =>
        answer.Body?.ToJsonString().Contains(text, StringComparison.Ordinal) == true;

    private static async Task<IReadOnlyList<string>> RowsOf(World world, string poolId)
    {
        var all = new List<string>();
        foreach (var table in Tables)
        {
            all.AddRange((await world.RowsOf(table))
                .Where(row => row.Contains(poolId, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }

        return all;
    }

    /// <summary>A pool with one of everything.</summary>
    private sealed record Elsewhere(
        TestPool Pool, TestTokens Tokens, string DeviceKey, string StyleId, string TermsId)
    {
        public static async Task<Elsewhere> Create(World world)
        {
            var app = await DevicePools.Create(world);
            var (pool, name) = (app.Pool, Mark);
            await pool.ConfirmedUser(name, Address);
            await world.Must("CreateGroup", new { UserPoolId = pool.Id, GroupName = name });
            await world.Must(
                "AdminAddUserToGroup", new { UserPoolId = pool.Id, GroupName = name, Username = name });
            await world.Must(
                "CreateResourceServer", new { UserPoolId = pool.Id, Identifier = name, Name = name });
            await world.Must("CreateUserPoolDomain", new { UserPoolId = pool.Id, Domain = name });
            await ProviderCalls.Must(ProviderCalls.Create(
                world, pool, name, "OIDC", ProviderCalls.Oidc(), new { IdpIdentifiers = new[] { name } }));
            await ProviderCalls.Must(ProviderCalls.Link(world, pool, name, name, name));
            var style = await BrandingCalls.Created(world, pool, new
            {
                Settings = new { note = Address },
                Assets = new[] { BrandingCalls.Asset() },
            });
            var terms = await TermsCalls.Created(world, pool);
            await world.Must(
                "SetUICustomization",
                new { UserPoolId = pool.Id, CSS = $"/* {Address} */", ImageFile = BrandingCalls.Png });
            var signedIn = await app.Password(name);
            return new(
                pool, TestTokens.Of(signedIn), TestDevice.Of(world, signedIn).Key, style, terms);
        }

        /// <summary>What its things are called, by the members that name them.</summary>
        public Dictionary<string, string> Names() => new()
        {
            ["ClientId"] = Pool.ClientId,
            ["Username"] = Mark,
            ["GroupName"] = Mark,
            ["Identifier"] = Mark,
            ["Domain"] = Mark,
            ["ProviderName"] = Mark,
            ["IdpIdentifier"] = Mark,
            ["DeviceKey"] = DeviceKey,
            ["ManagedLoginBrandingId"] = StyleId,
            ["TermsId"] = TermsId,
            ["AccessToken"] = Tokens.Access,
        };
    }
}
