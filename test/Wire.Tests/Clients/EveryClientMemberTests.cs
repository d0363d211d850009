using System.Text.Json.Nodes;
using Lifeguard.Contract.Tests;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Clients;

/// <summary>Each member that an app client can be given is kept and shown again. Two clients are needed: some
/// members cannot be together.</summary>
public sealed class EveryClientMemberTests
{
    private static readonly JsonObject First = ClientSettings.Everything.With(
        ("AnalyticsConfiguration", PoolSettings.Parse(
            """
            {
              "ApplicationArn": "arn:aws:mobiletargeting:us-east-1:000000000000:apps/x",
              "UserDataShared": true
            }
            """)));

    private static readonly JsonObject Second = ClientSettings.Everything.With(
        ("GenerateSecret", null),
        ("ClientSecret", "Secret_of_the_callers_own_choice"),
        ("AnalyticsConfiguration", PoolSettings.Parse(
            """
            {
              "ApplicationId": "0123456789abcdef", "RoleArn": "arn:aws:iam::000000000000:role/count",
              "ExternalId": "x", "UserDataShared": false
            }
            """)));

    // What only a new client can be given.
    private static readonly string[] Lasting = ["GenerateSecret", "ClientSecret"];

    [Fact]
    public void No_member_of_CreateUserPoolClient_is_forgotten() => Assert.Equal(
        MemberPaths.Of("CreateUserPoolClientRequest").Order(StringComparer.Ordinal),
        MemberPaths.In(First, "CreateUserPoolClientRequest")
            .Union(MemberPaths.In(Second, "CreateUserPoolClientRequest"))
            .Append("UserPoolId").Order(StringComparer.Ordinal));

    [Fact]
    public void UpdateUserPoolClient_has_the_same_members_but_for_those_that_last() => Assert.Equal(
        Facts.Members("CreateUserPoolClientRequest").Select(member => member.Name).Except(Lasting)
            .Append("ClientId").Order(StringComparer.Ordinal),
        Facts.Members("UpdateUserPoolClientRequest").Select(member => member.Name)
            .Order(StringComparer.Ordinal));

    [Theory, EachDatabase]
    public async Task CreateUserPoolClient_keeps_every_member_and_DescribeUserPoolClient_shows_it(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        foreach (var given in (JsonObject[])[First, Second])
        {
            var made = (await world.Must("CreateUserPoolClient", given.With(("UserPoolId", pool.Id))))
                ["UserPoolClient"]!;

            var described = await ClientSettings.Describe(world, pool.Id, made.Text("ClientId"));

            ShouldHold(described, given);
            Assert.True(JsonNode.DeepEquals(made, described));
            if (given["ClientSecret"] is not null)
                Assert.Equal(given.Text("ClientSecret"), described.Text("ClientSecret"));
            else Assert.NotNull(described["ClientSecret"]);
        }
    }

    [Fact]
    public async Task UpdateUserPoolClient_keeps_every_member()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        foreach (var given in (JsonObject[])[First, Second])
        {
            var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
            var changes = given.With(("UserPoolId", pool.Id), ("ClientId", pool.ClientId));
            foreach (var name in Lasting) changes.Remove(name);

            await world.Must("UpdateUserPoolClient", changes);

            ShouldHold(await ClientSettings.Describe(world, pool.Id, pool.ClientId), given);
        }
    }

    private static void ShouldHold(JsonNode client, JsonObject given)
    {
        foreach (var (name, value) in given.Where(pair => pair.Value is not null))
        {
            if (!Lasting.Contains(name)) MemberPaths.ShouldHold(client[name], value!, name);
        }
    }
}
