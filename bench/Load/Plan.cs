using System.Text.Json.Nodes;
using Lifeguard.Contract;

namespace Lifeguard.Load;

/// <summary>A workload that is put together when its turn comes, from what earlier ones have left.</summary>
/// <param name="Name">As <see cref="Workload.Name"/> will be.</param>
/// <param name="Needs">The name of the one whose answers it lives on; null for none.</param>
internal sealed record Planned(string Name, string? Needs, Func<Workload> Make);

/// <summary>Pools, clients and users: what administrators do.</summary>
internal sealed class AdministratorPlan(Stage stage, LifeguardServer server, Options options)
{
    private const int ClientsPerPool = 900;
    private readonly List<string> pools = [];
    private readonly List<(string Pool, string Client)> clients = [];

    // More than any machine gets through in the time.
    private int Plenty => (int)(4000 * options.Seconds) + 500;

    public IEnumerable<Planned> Pools() =>
    [
        new("CreateUserPool", null, () => new("CreateUserPool", n => Stage.PoolRequest($"pool {n}"))
        {
            Collect = (_, answer) => pools.Add(answer["UserPool"]!["Id"]!.GetValue<string>()),
        }),
        new("DescribeUserPool", null, () => new("DescribeUserPool", _ => OfPool(stage.PoolId))),
        new("ListUserPools", null, () => new("ListUserPools", _ => new() { ["MaxResults"] = 60 })),
        new("UpdateUserPool", "CreateUserPool", () =>
        {
            EnoughPools();
            return new("UpdateUserPool", n => With(
                OfPool(pools[n % Whole(pools.Count)]), "AutoVerifiedAttributes", new JsonArray("email")));
        }),
    ];

    public IEnumerable<Planned> Clients() =>
    [
        new("CreateUserPoolClient", "CreateUserPool", () =>
        {
            EnoughPools();
            return new("CreateUserPoolClient", n => Stage.ClientRequest(pools[n % pools.Count], $"client {n}"))
            {
                Limit = pools.Count * ClientsPerPool,
                Collect = (_, answer) => clients.Add((Of(answer, "UserPoolId"), Of(answer, "ClientId"))),
            };
        }),
        new("DescribeUserPoolClient", null, () => new("DescribeUserPoolClient", _ => OfClient(
            (stage.PoolId, stage.ClientId)))),
        new("ListUserPoolClients", "CreateUserPoolClient", () => new("ListUserPoolClients", _ => With(
            OfPool(pools[0]), "MaxResults", 60))),
        new("UpdateUserPoolClient", "CreateUserPoolClient", () => new("UpdateUserPoolClient", n => With(
            OfClient(clients[n % Whole(clients.Count)]), "ClientName", "renamed"))),
        new("DeleteUserPoolClient", "CreateUserPoolClient", () => new(
            "DeleteUserPoolClient", n => OfClient(clients[n])) { Limit = clients.Count }),
        new("DeleteUserPool", "CreateUserPool", () => new(
            "DeleteUserPool", n => OfPool(pools[n])) { Limit = pools.Count }),
    ];

    public IEnumerable<Planned> Users() =>
    [
        new("AdminCreateUser", null, () => new("AdminCreateUser", n => Invitation($"invited{n}"))
        {
            Floor = FloorKind.CommitAndHash, Budget = 0.6,
        }),
        new("AdminGetUser", null, () => new("AdminGetUser", n => OfUser(Other(n)))),
        new("ListUsers", null, () => new("ListUsers", _ => With(OfPool(stage.PoolId), "Limit", 60))),
        new("ListUsers by e-mail", null, () => new("ListUsers", n => With(
            OfPool(stage.PoolId), "Filter", $"email = \"{Population.Email(Other(n))}\""))
        {
            Variant = "by e-mail",
        }),
        new("AdminUpdateUserAttributes", null, () => new("AdminUpdateUserAttributes", n => With(
            OfUser(Other(n)), "UserAttributes", Attributes(("given_name", $"name {n}"))))),
        new("AdminDisableUser", null, () => new("AdminDisableUser", n => OfUser(Other(n)))),
        new("AdminEnableUser", null, () => new("AdminEnableUser", n => OfUser(Other(n)))),
        new("AdminSetUserPassword", null, () => new("AdminSetUserPassword", n => With(
            With(OfUser(stage.Users[n % stage.Users.Count]), "Password", Stage.Password), "Permanent", true))),
        new("AdminResetUserPassword", null, () => new("AdminResetUserPassword", n => OfUser(Other(n)))
        {
            Floor = FloorKind.Commit, Budget = 0.6,
        }),
        new("AdminConfirmSignUp", null, () => Once(
            "AdminConfirmSignUp", stage.AddOthers("waiting", UserStatusType.Unconfirmed, Plenty))),
        new("AdminDeleteUser", null, () => Once(
            "AdminDeleteUser", stage.AddOthers("leaving", UserStatusType.Confirmed, Plenty))),
    ];

    private JsonObject Invitation(string name) => With(
        With(OfUser(name), "DesiredDeliveryMediums", new JsonArray("EMAIL")),
        "UserAttributes",
        Attributes(("email", Population.Email(name)), ("email_verified", "true")));

    private Workload Once(string operation, IReadOnlyList<string> names) =>
        new(operation, n => OfUser(names[n])) { Limit = names.Count };

    /// <summary>So many that no two workers change the same pool at the same time.</summary>
    private void EnoughPools()
    {
        while (pools.Count < options.Concurrency)
        {
            var made = server.Must("CreateUserPool", Stage.PoolRequest("more")).GetAwaiter().GetResult();
            pools.Add(made["UserPool"]!["Id"]!.GetValue<string>());
        }
    }

    private int Whole(int count) => Math.Max(1, count / options.Concurrency * options.Concurrency);

    private string Other(int number) => $"other{number % Whole(stage.OthersCount)}";

    private JsonObject OfUser(string name) => With(OfPool(stage.PoolId), "Username", name);

    private static JsonObject OfPool(string id) => new() { ["UserPoolId"] = id };

    private static JsonObject OfClient((string Pool, string Client) client) =>
        With(OfPool(client.Pool), "ClientId", client.Client);

    private static JsonObject With(JsonObject request, string name, JsonNode value)
    {
        request[name] = value;
        return request;
    }

    internal static JsonArray Attributes(params (string Name, string Value)[] attributes) =>
        [.. attributes.Select(one => new JsonObject { ["Name"] = one.Name, ["Value"] = one.Value })];

    private static string Of(JsonObject answer, string name) =>
        answer["UserPoolClient"]![name]!.GetValue<string>();
}
