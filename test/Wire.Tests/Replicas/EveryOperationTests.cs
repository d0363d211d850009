using System.Text.Json.Nodes;
using Lifeguard.Contract;
using Lifeguard.Contract.Tests;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Replicas;

/// <summary>Each of the operations in the region of a replica: what the table says is what happens.</summary>
public sealed class EveryOperationTests
{
    private const string NotEnabled = "OperationNotEnabledException";

    public static TheoryData<string> Operations => [.. OperationFactsTable.All.Keys];

    [Theory, MemberData(nameof(Operations))]
    public void Who_can_be_refused_declares_it(string operation)
    {
        var facts = OperationFactsTable.All[operation];

        if (facts.Replicas != ReplicaUse.Always) Assert.Contains(NotEnabled, facts.Errors);
    }

    // What an ACTIVE replica does besides, and what no replica does; nothing else changes a pool's contents.
    [Theory]
    [InlineData("InitiateAuth", ReplicaUse.Active)]
    [InlineData("GetUser", ReplicaUse.Active)]
    [InlineData("GlobalSignOut", ReplicaUse.Active)]
    [InlineData("DescribeUserPool", ReplicaUse.Always)]
    [InlineData("UpdateUserPool", ReplicaUse.Always)]
    [InlineData("UpdateUserPoolReplica", ReplicaUse.Always)]
    [InlineData("SignUp", ReplicaUse.Never)]
    [InlineData("AdminCreateUser", ReplicaUse.Never)]
    [InlineData("ChangePassword", ReplicaUse.Never)]
    [InlineData("UpdateUserPoolClient", ReplicaUse.Never)]
    [InlineData("CreateGroup", ReplicaUse.Never)]
    [InlineData("DeleteUserPool", ReplicaUse.Never)]
    [InlineData("AssociateSoftwareToken", ReplicaUse.Never)]
    public void The_table_says(string operation, ReplicaUse use) =>
        Assert.Equal(use, OperationFactsTable.All[operation].Replicas);

    [Fact]
    public void What_changes_pools_clients_groups_or_profiles_is_never_done_in_a_replica()
    {
        string[] verbs = ["Create", "Delete", "Update", "Set", "Add", "Remove", "Admin", "Confirm", "Change"];
        var mayChange = OperationFactsTable.All.Values
            .Where(facts => facts.Replicas != ReplicaUse.Never)
            .Select(facts => facts.Name)
            .Where(name => verbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal)))
            .Where(name => !name.StartsWith("AdminGet", StringComparison.Ordinal)
                && !name.StartsWith("AdminList", StringComparison.Ordinal));

        Assert.Equal(
            [
                // Sign-in and sessions.
                "AdminInitiateAuth", "AdminRespondToAuthChallenge", "AdminRevokeUserSession",
                "AdminUpdateAuthEventFeedback", "AdminUserGlobalSignOut",
                // The region's own.
                "CreateUserPool", "CreateUserPoolDomain", "DeleteUserPoolDomain",
                "SetLogDeliveryConfiguration", "SetRiskConfiguration", "SetUserPoolMfaConfig",
                "UpdateAuthEventFeedback", "UpdateProvisionedLimit", "UpdateUserPool",
                "UpdateUserPoolDomain", "UpdateUserPoolReplica",
            ],
            mayChange.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ACTIVE")]
    [InlineData("INACTIVE")]
    public async Task Every_operation_does_as_the_table_says(string status)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var replica = await TestReplica.Create(world, isActive: status == "ACTIVE");
        await replica.Pool.ConfirmedUser("ana", email: "ana@example.com");
        var wrong = new List<string>();
        var tried = 0;

        foreach (var (operation, facts) in OperationFactsTable.All)
        {
            var token = await replica.Pool.AccessTokenOf("ana");
            var request = Request(operation, replica.Pool, token, status);

            var answer = await replica.There(() => world.Send(operation, request.ToJsonString()));

            tried++;
            var isServed = facts.Replicas == ReplicaUse.Always
                || (facts.Replicas == ReplicaUse.Active && status == "ACTIVE");
            // Other refusals have the same code.
            var isRefused = answer.ToString().StartsWith(
                $"{NotEnabled}: {operation} is not enabled in Region {TestReplica.Region}",
                StringComparison.Ordinal);
            if (isRefused == isServed) wrong.Add($"{operation}: {answer}");
            // It got to the pool: no place's refusal either.
            if (isServed && answer.ToString().Contains(replica.Pool.Id, StringComparison.Ordinal)
                && answer.Code == Errors.ResourceNotFoundException)
            {
                wrong.Add($"{operation}: {answer}");
            }
        }

        Assert.Empty(wrong);
        Assert.True(tried >= 35, $"Only {tried} operations were tried.");
    }

    private static JsonObject Request(string operation, TestPool pool, string token, string status)
    {
        var shape = (string)Facts.Operation(operation)["input"]!;
        var request = Samples.Structure(shape, all: false);
        var given = new Dictionary<string, string>
        {
            ["UserPoolId"] = pool.Id,
            ["ClientId"] = pool.ClientId,
            ["AccessToken"] = token,
            ["Username"] = "ana",
            ["RegionName"] = TestReplica.Region,
            ["Status"] = status,
            ["ResourceArn"] = $"arn:aws:cognito-idp:eu-west-1:000000000000:userpool/{pool.Id}",
        };
        foreach (var member in Facts.Members(shape).Where(member => given.ContainsKey(member.Name)))
        {
            if (member.Name != "Status" || operation == "UpdateUserPoolReplica")
                request[member.Name] = given[member.Name];
        }

        return request;
    }
}
