using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Users;

/// <summary>What pages promise while others write.</summary>
public sealed partial class ListUsersTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("email ^= \"s\"")]
    [InlineData("name ^= \"s\"")]
    [InlineData("username ^= \"s\"")]
    [InlineData("status = \"Enabled\"")]
    [InlineData("cognito:user_status = \"CONFIRMED\"")]
    public Task Shows_who_stays_once_whatever_happens_meanwhile(string? filter) =>
        ShowsWhoStays(DatabaseKind.Memory, filter);

    [Theory, EachDatabase(OnFile = true)]
    public Task Shows_who_stays_once_on_every_database(DatabaseKind kind) =>
        ShowsWhoStays(kind, "email ^= \"s\"");

    /// <summary>Between and beside the pages, users come, go and change: the passing ones what they are found
    /// by, the staying ones everything else.</summary>
    private static async Task ShowsWhoStays(DatabaseKind kind, string? filter)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        for (var i = 0; i < 40; i++) await Enter(world, pool, $"s{i % 10}-{i}");
        for (var i = 0; i < 20; i++) await Enter(world, pool, $"passing{i}");
        var seen = new List<string>();
        string? token = null;
        var step = 0;
        do
        {
            var writes = Meanwhile(world, pool, step++);
            var page = List(world, pool, filter, Next(token));
            await Task.WhenAll(page, writes);
            Assert.Equal("200", (await page).ToString());
            seen.AddRange((await page)["Users"]!.AsArray()
                .Select(user => user!["Username"]!.GetValue<string>()));
            token = Token(await page);
        }
        while (token is not null);

        Assert.True(step > 5);
        var staying = seen.Where(name => name.StartsWith('s')).ToList();
        Assert.Equal(staying.Distinct().Count(), staying.Count);
        Assert.Equal(40, staying.Count);

        static object Next(string? token) =>
            token is null ? new { Limit = 7 } : new { Limit = 7, PaginationToken = token };
    }

    private static Task Meanwhile(World world, TestPool pool, int step) => Task.WhenAll(
        Send(world, "AdminDeleteUser", pool, $"passing{step}"),
        Change(world, pool, $"passing{step + 1}", $"name=s{step};email=s{step}@x.y"),
        Send(world, "AdminDisableUser", pool, $"passing{step + 2}"),
        Change(world, pool, $"s{step % 10}-{step}", $"nickname=n{step};website=w"),
        Change(world, pool, $"s{step % 10}-{step + 20}", $"family_name=f{step}"),
        Enter(world, pool, $"late{step}", $"s{step}"));

    private static Task<Answer> Change(World world, TestPool pool, string username, string attributes) =>
        Send(world, "AdminUpdateUserAttributes", pool, username, attributes);

    private static async Task Enter(World world, TestPool pool, string username, string? called = null)
    {
        called ??= username;
        await Send(world, "AdminCreateUser", pool, username, $"name={called};email={called}@example.com");
        await world.SetStatus(pool.Id, username, "CONFIRMED");
    }

    private static Task<Answer> Send(
        World world, string operation, TestPool pool, string username, string attributes = "") => world.Send(
        operation,
        Calls.Merge(
            new { UserPoolId = pool.Id, Username = username, MessageAction = "SUPPRESS" },
            attributes.Length == 0 ? null : new { UserAttributes = Calls.Attributes(attributes) })
        .ToJsonString());

    [Fact]
    public async Task Shows_a_token_the_same_page_as_often_as_it_comes()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await Populated(world);
        var first = await List(world, pool, null, new { Limit = 1 });
        var next = new { Limit = 2, PaginationToken = Token(first) };

        var once = Names(await List(world, pool, null, next));

        Assert.Equal(once, Names(await List(world, pool, null, next)));
        // How much is asked for may change on the way; what is listed may not.
        var three = await List(world, pool, null, new { Limit = 3, next.PaginationToken });
        Assert.Equal(3, three["Users"]!.AsArray().Count);
        Assert.Null(Token(three));
    }

    [Theory]
    [InlineData("email", null, "200")]
    [InlineData("sub email email_verified", null, "200")]
    [InlineData("given_name", "username = \"ana\"", "200")]
    [InlineData("given_name", null, NoSuch)]
    [InlineData("custom:none", "username = \"nobody\"", NoSuch)]
    [InlineData("given_name", "username = \"nobody\"", "200")]
    [InlineData("email given_name", "username = \"ben\"", NoSuch)]
    public async Task Shows_no_page_when_somebody_lacks_what_is_asked_for(
        string names, string? filter, string expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await world.SignUp(pool, "ben", "email=ben@example.com");
        await Change(world, pool, "ana", "given_name=Ana");

        var answer = await List(world, pool, filter, new { AttributesToGet = names.Split(' ') });

        Assert.Equal(expected, answer.ToString());
    }

    private const string NoSuch =
        "InvalidParameterException: One or more requested attributes do not exist.";
}
