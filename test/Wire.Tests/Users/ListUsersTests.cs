using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

public sealed partial class ListUsersTests
{
    private const string Unparsed = "InvalidParameterException: Error while parsing filter.";
    private const string WrongPage = "InvalidParameterException: Paging Marker is Invalid for Request";

    [Theory, EachDatabase]
    public async Task Lists_whom_a_filter_finds_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await Populated(world);
        world.Transcript.Clear();

        var first = await List(
            world,
            pool,
            "email ^= \"a\"",
            new { Limit = 1, AttributesToGet = (string[])["email"] });
        await List(
            world,
            pool,
            "email ^= \"a\"",
            new { Limit = 1, PaginationToken = Token(first), AttributesToGet = (string[])["email"] });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(null, "ana ben cleo dora")]
    [InlineData("", "ana ben cleo dora")]
    [InlineData("username = \"ana\"", "ana")]
    [InlineData("username=\"ana\"", "ana")]
    [InlineData("  username   ^=   \"a\"  ", "ana")]
    [InlineData("username = \"Ana\"", "")]
    [InlineData("username = \"ben@example.com\"", "")]
    [InlineData("username ^= \"\"", "ana ben cleo dora")]
    [InlineData("email = \"ANA@example.com\"", "ana")]
    [InlineData("email^=\"b\"", "ben")]
    [InlineData("email ^= \"B\"", "ben")]
    [InlineData("email = \"b\"", "")]
    [InlineData("phone_number ^= \"+1555\"", "ana")]
    [InlineData("name = \"o'neil \\\"the \\\\ knife\\\"\"", "cleo")]
    [InlineData("name ^= \"%\"", "")]
    [InlineData("name ^= \"_\"", "")]
    [InlineData("given_name = \"Ana\"", "ana")]
    [InlineData("family_name = \"Ángel\"", "ben")]
    [InlineData("preferred_username ^= \"que\"", "dora")]
    [InlineData("cognito:user_status = \"CONFIRMED\"", "ana ben")]
    [InlineData("cognito:user_status = \"confirmed\"", "ana ben")]
    [InlineData("cognito:user_status ^= \"FORCE\"", "cleo dora")]
    [InlineData("cognito:user_status = \"UNCONFIRMED\"", "")]
    [InlineData("status = \"Enabled\"", "ana cleo dora")]
    [InlineData("status = \"Disabled\"", "ben")]
    [InlineData("status = \"disabled\"", "")]
    [InlineData("status ^= \"Dis\"", "ben")]
    public async Task Finds_by_every_attribute_that_can_be_searched(string? filter, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Populated(world);

        Assert.Equal(expected, Names(await List(world, pool, filter)));
    }

    [Fact]
    public async Task Finds_by_sub_whole_or_in_part()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var ana = await pool.ConfirmedUser("ana");
        var ben = await pool.ConfirmedUser("ben");

        Assert.Equal("ana", Names(await List(world, pool, $"sub = \"{ana.Sub}\"")));
        Assert.Equal("ben", Names(await List(world, pool, $"sub ^= \"{ben.Sub[..8]}\"")));
    }

    [Theory]
    [InlineData("username")]
    [InlineData("username =")]
    [InlineData("username = ana")]
    [InlineData("username = 'ana'")]
    [InlineData("username = \"ana")]
    [InlineData("username = \"ana\\\"")]
    [InlineData("username = \"an\"a\"")]
    [InlineData("username == \"ana\"")]
    [InlineData("username != \"ana\"")]
    [InlineData("username ~ \"ana\"")]
    [InlineData("username ^ \"ana\"")]
    [InlineData("= \"ana\"")]
    [InlineData("\"\" = \"ana\"")]
    [InlineData("username = \"ana\" and email = \"x\"")]
    [InlineData("username = \"ana\" or username = \"ben\"")]
    [InlineData("username = \"ana\";")]
    [InlineData("(username = \"ana\")")]
    public async Task Refuses_what_is_no_filter(string filter)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(Unparsed, await world.LeavesNothing(() => List(world, pool, filter)));
    }

    [Theory]
    [InlineData("custom:team")]
    [InlineData("address")]
    [InlineData("email_verified")]
    [InlineData("Email")]
    [InlineData("password")]
    public async Task Refuses_attributes_that_cannot_be_searched(string attribute)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "InvalidParameterException: Invalid search attribute: " + attribute,
            await world.LeavesNothing(() => List(world, pool, $"{attribute} = \"x\"")));
    }

    [Theory]
    [InlineData("""{"Limit":61}""")]
    [InlineData("""{"Limit":-1}""")]
    [InlineData("""{"AttributesToGet":["custom:nothing"]}""")]
    [InlineData("""{"PaginationToken":"garbage"}""")]
    [InlineData("""{"PaginationToken":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")]
    public async Task Refuses_what_is_out_of_bounds(string request)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        var answer = await world.LeavesNothing(
            () => List(world, pool, null, System.Text.Json.Nodes.JsonNode.Parse(request)));

        Assert.StartsWith("InvalidParameterException: ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_unknown_pool_and_a_filter_that_is_too_long()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_000000000 does not exist.",
            (await List(world, new(world, "us-east-1_000000000", pool.ClientId), "nonsense")).ToString());
        var longest = "name = \"" + new string('x', 247) + "\"";
        Assert.Equal("200", (await List(world, pool, longest)).ToString());
        Assert.Equal("InvalidParameterException", (await List(world, pool, longest + " ")).Code);
    }

    [Fact]
    public async Task Shows_only_the_attributes_asked_for()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Populated(world);

        var answer = await List(
            world, pool, "username = \"ana\"", new { AttributesToGet = (string[])["email", "email"] });

        var user = answer["Users"]![0]!;
        Assert.Equal("""[{"Name":"email","Value":"ana@example.com"}]""", user["Attributes"]!.ToJsonString());
        Assert.Equal("ana", user["Username"]!.GetValue<string>());
        Assert.True(user["Enabled"]!.GetValue<bool>());
        Assert.Equal("CONFIRMED", user["UserStatus"]!.GetValue<string>());
    }

    [Theory, EachDatabase]
    public async Task Shows_each_of_two_hundred_users_once_while_others_come_and_go(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        for (var i = 0; i < 200; i++) await Create(world, pool, $"user{i:D3}");
        var seen = new List<string>();
        string? token = null;
        var pages = 0;
        do
        {
            var page = await Send(world, pool, token);
            seen.AddRange(page["Users"]!.AsArray().Select(user => user!["Username"]!.GetValue<string>()));
            token = Token(page);
            Assert.Equal(pages < 3 ? 60 : page["Users"]!.AsArray().Count, page["Users"]!.AsArray().Count);
            // One comes before and one behind the end of the page; the last one shown goes.
            await Create(world, pool, $"late{pages}");
            await Create(world, pool, $"user{pages:D3}x");
            await world.Send(
                "AdminDeleteUser", $$"""{"UserPoolId":"{{pool.Id}}","Username":"{{seen[^1]}}"}""");
            pages++;
        }
        while (token is not null);

        Assert.Equal(seen.Distinct().Count(), seen.Count);
        Assert.Empty(Enumerable.Range(0, 200).Select(i => $"user{i:D3}").Except(seen));
    }

    [Fact]
    public async Task Takes_a_token_for_an_hour_and_for_the_same_listing_only()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Populated(world);
        var other = await Populated(world);
        var token = Token(await List(world, pool, "status = \"Enabled\"", new { Limit = 1 }));
        var next = new { PaginationToken = token };

        Assert.Equal("cleo dora", Others(await List(world, pool, "status = \"Enabled\"", next)));
        Assert.Equal(WrongPage, (await List(world, pool, null, next)).ToString());
        Assert.Equal(WrongPage, (await List(world, pool, "status = \"Disabled\"", next)).ToString());
        Assert.Equal(WrongPage, (await List(world, other, "status = \"Enabled\"", next)).ToString());
        world.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal("200", (await List(world, pool, "status = \"Enabled\"", next)).ToString());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            "InvalidParameterException", (await List(world, pool, "status = \"Enabled\"", next)).Code);

        static string Others(Answer answer) =>
            answer["Users"]!.AsArray().Count == 2 ? "cleo dora" : Names(answer);
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData(0, 60)]
    [InlineData(1, 1)]
    [InlineData(60, 60)]
    public async Task Shows_sixty_unless_told_otherwise(int? limit, int expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        for (var i = 0; i < 61; i++) await Create(world, pool, $"user{i}");

        var answer = await List(world, pool, null, limit is null ? null : new { Limit = limit });

        Assert.Equal(expected, answer["Users"]!.AsArray().Count);
        Assert.NotNull(Token(answer));
    }

    private static async Task<TestPool> Populated(World world)
    {
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: "+15551230000");
        await pool.ConfirmedUser("ben", email: "ben@example.com");
        await pool.InvitedUser("cleo", email: "aaa@example.com");
        await pool.InvitedUser("dora");
        await Update("ana", "given_name=Ana");
        await Update("ben", "family_name=Ángel");
        await Update("cleo", "name=O'Neil \"the \\ Knife\"");
        await Update("dora", "preferred_username=Queen");
        await world.Admin(pool, "AdminDisableUser", "ben");
        return pool;

        Task Update(string username, string attributes) => world.Admin(
            pool,
            "AdminUpdateUserAttributes",
            username,
            new { UserAttributes = Calls.Attributes(attributes) });
    }

    private static Task<Answer> List(World world, TestPool pool, string? filter, object? more = null) =>
        world.Call(
            "ListUsers",
            Calls.Merge(
                filter is null
                    ? new { UserPoolId = pool.Id }
                    : new { UserPoolId = pool.Id, Filter = filter },
                more));

    private static Task<Answer> Send(World world, TestPool pool, string? token) => world.Send(
        "ListUsers",
        Calls.Merge(
            new { UserPoolId = pool.Id },
            token is null ? null : new { PaginationToken = token }).ToJsonString());

    private static Task<Answer> Create(World world, TestPool pool, string username) => world.Send(
        "AdminCreateUser",
        $$"""{"UserPoolId":"{{pool.Id}}","Username":"{{username}}","MessageAction":"SUPPRESS"}""");

    private static string Names(Answer answer) => string.Join(
        ' ',
        answer["Users"]!.AsArray()
            .Select(user => user!["Username"]!.GetValue<string>())
            .Order(StringComparer.Ordinal));

    private static string? Token(Answer answer) => answer["PaginationToken"]?.GetValue<string>();
}
