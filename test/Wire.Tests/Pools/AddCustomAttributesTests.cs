using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class AddCustomAttributesTests
{
    [Theory, EachDatabase]
    public async Task Adds_attributes_for_everybody_and_for_developers(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Transcript.Clear();

        await Add(
            world,
            pool,
            new
            {
                Name = "seat",
                AttributeDataType = "Number",
                NumberAttributeConstraints = new { MinValue = "1", MaxValue = "99" },
            },
            new
            {
                Name = "rank",
                AttributeDataType = "String",
                DeveloperOnlyAttribute = true,
                Mutable = false,
            });
        await world.Call("DescribeUserPool", new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Clients_that_name_no_attributes_may_read_and_write_them_at_once()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var listing = await pool.AnotherClient(
            new { ReadAttributes = (string[])["email"], WriteAttributes = (string[])["email"] });
        await pool.ConfirmedUser("ana");
        var (open, closed) = (await pool.AccessTokenOf("ana"), await listing.AccessTokenOf("ana"));
        Assert.Equal("InvalidParameterException", (await Seat(open)).Code);

        await Add(
            world,
            pool,
            new { Name = "seat", AttributeDataType = "String" },
            new { Name = "rank", AttributeDataType = "String", DeveloperOnlyAttribute = true });

        Assert.Equal("200", (await Seat(open)).ToString());
        Assert.Equal("NotAuthorizedException", (await Seat(closed)).Code);
        await world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            "ana",
            new { UserAttributes = Calls.Attributes("dev:custom:rank=captain") });
        Assert.Equal("7", await Shown(open, "custom:seat"));
        Assert.Null(await Shown(closed, "custom:seat"));
        // Developer-only ones are nobody's to read but an administrator's.
        Assert.Null(await Shown(open, "dev:custom:rank"));
        Assert.Equal("captain", await world.AttributeOf(pool, "ana", "dev:custom:rank"));
        var claims = TestTokens.Of(await pool.SignIn("ana")).IdClaims;
        Assert.Equal("7", claims["custom:seat"]!.GetValue<string>());
        Assert.Null(claims["dev:custom:rank"]);

        Task<Answer> Seat(string token) => world.Own(
            token, "UpdateUserAttributes", new { UserAttributes = Calls.Attributes("custom:seat=7") });

        async Task<string?> Shown(string token, string name) =>
            Calls.ValueIn((await world.Own(token, "GetUser"))["UserAttributes"], name);
    }

    [Theory]
    [InlineData(
        """[{"Name":"seat","AttributeDataType":"String"}]""",
        "custom:seat: Existing attribute already has name custom:seat.")]
    [InlineData(
        """[{"Name":"a","AttributeDataType":"String"},{"Name":"a","AttributeDataType":"Number"}]""",
        "custom:a: Existing attribute already has name custom:a.")]
    [InlineData(
        """[{"Name":"a","AttributeDataType":"String","Required":true}]""",
        "Required custom attributes are not supported currently.")]
    [InlineData(
        """[{"Name":"a"}]""",
        "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.")]
    [InlineData(
        """[{"Name":"a","AttributeDataType":"String","StringAttributeConstraints":{"MaxLength":"2049"}}]""",
        "user.custom:a: String attributes cannot have a length of more than 2048")]
    [InlineData(
        """
        [{"Name":"a","AttributeDataType":"Number",
          "NumberAttributeConstraints":{"MinValue":"2","MaxValue":"1"}}]
        """,
        "user.custom:a: Max value cannot be less than min value.")]
    [InlineData("""[{"AttributeDataType":"String"}]""", null)]
    [InlineData("""[{"Name":"a","AttributeDataType":"Text"}]""", null)]
    [InlineData("""[{"Name":"a_name_of_twenty-one_","AttributeDataType":"String"}]""", null)]
    [InlineData("""[]""", null)]
    public async Task Refuses_what_cannot_be(string given, string? words)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, new { Schema = new[] { new { Name = "seat", AttributeDataType = "String" } } });

        var answer = await world.LeavesNothing(() => world.Call(
            "AddCustomAttributes",
            new JsonObject { ["UserPoolId"] = pool.Id, ["CustomAttributes"] = JsonNode.Parse(given) }));

        if (words is null) Assert.StartsWith("InvalidParameterException: ", answer, StringComparison.Ordinal);
        else Assert.Equal("InvalidParameterException: " + words, answer);
    }

    [Fact]
    public async Task Refuses_an_unknown_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var nowhere = new TestPool(world, "us-east-1_000000000", "c");

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await Add(world, nowhere, new { Name = "a", AttributeDataType = "String" })).ToString());
    }

    [Fact]
    public async Task Fifty_fit_into_a_pool_and_twenty_five_into_a_call()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, new { Schema = Named(0, 10) });

        Assert.Equal("InvalidParameterException", (await Add(world, pool, Named(10, 26))).Code);
        Assert.Equal("200", (await Add(world, pool, Named(10, 25))).ToString());
        Assert.Equal("InvalidParameterException", (await Add(world, pool, Named(35, 16))).Code);
        Assert.Equal("200", (await Add(world, pool, Named(35, 15))).ToString());
        Assert.Equal(
            "InvalidParameterException: A user pool can have 50 custom attributes.",
            (await Add(world, pool, Named(50, 1))).ToString());
        Assert.Equal(50, (await CustomNames(world, pool)).Count);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_at_once_every_one_takes_effect(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            26,
            "AddCustomAttributes",
            i => new { UserPoolId = pool.Id, CustomAttributes = Named(2 * i, 2) });

        Assert.Equal(25, answers["200"]);
        Assert.Equal(1, answers["InvalidParameterException"]);
        var names = await CustomNames(world, pool);
        Assert.Equal(50, names.Distinct().Count());
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_with_one_name_at_once_one_takes_effect(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);

        var answers = await world.Burst(
            10, "AddCustomAttributes", _ => new { UserPoolId = pool.Id, CustomAttributes = Named(0, 1) });

        Assert.Equal(1, answers["200"]);
        Assert.Equal(9, answers["InvalidParameterException"]);
        Assert.Single(await CustomNames(world, pool));
    }

    private static object[] Named(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new { Name = $"a{i}", AttributeDataType = "String" })];

    private static async Task<IReadOnlyList<string>> CustomNames(World world, TestPool pool)
    {
        var answer = await world.Must("DescribeUserPool", new { UserPoolId = pool.Id });
        return [.. answer["UserPool"]!["SchemaAttributes"]!.AsArray()
            .Select(attribute => attribute!["Name"]!.GetValue<string>())
            .Where(name => name.StartsWith("custom:", StringComparison.Ordinal))];
    }

    private static Task<Answer> Add(World world, TestPool pool, params object[] attributes) =>
        world.Call("AddCustomAttributes", new { UserPoolId = pool.Id, CustomAttributes = attributes });
}
