using System.Text.Json.Nodes;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Groups;

/// <summary>Calls about groups, in one line each.</summary>
internal static class GroupCalls
{
    public const string NoGroup = "ResourceNotFoundException: Group not found.";
    public const string NoUser = "UserNotFoundException: User does not exist.";
    public const string NoPool = "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.";

    /// <summary>A pool that is nowhere, with a client of nobody.</summary>
    public static TestPool Nowhere(World world) => new(world, "us-east-1_Nowhere00", "nobody");

    /// <summary>A call about one group.</summary>
    public static Task<Answer> Group(
        this World world, TestPool pool, string operation, string name, object? more = null) =>
        world.Call(operation, Calls.Merge(new { UserPoolId = pool.Id, GroupName = name }, more));

    /// <summary>A call about one user and one group.</summary>
    public static Task<Answer> Membership(
        this World world, TestPool pool, string operation, string username, string group) =>
        world.Call(operation, new { UserPoolId = pool.Id, Username = username, GroupName = group });

    /// <summary>Groups with nothing but a name.</summary>
    public static async Task CreateGroups(this World world, TestPool pool, params string[] names)
    {
        foreach (var name in names)
            await world.Must("CreateGroup", new { UserPoolId = pool.Id, GroupName = name });
    }

    /// <summary>Puts a user into groups that there are.</summary>
    public static async Task Join(this World world, TestPool pool, string username, params string[] groups)
    {
        foreach (var group in groups)
        {
            await world.Must(
                "AdminAddUserToGroup",
                new { UserPoolId = pool.Id, Username = username, GroupName = group });
        }
    }

    /// <summary>All pages of a listing: one member of each entry, page by page.</summary>
    /// <param name="between">Runs after each page.</param>
    public static async Task<List<string>> Pages(
        this World world,
        string operation,
        object request,
        string list,
        string member,
        Func<Task>? between = null)
    {
        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await world.Must(operation, Calls.Merge(request, new { NextToken = token }));
            seen.AddRange(Names(page, list, member));
            token = page["NextToken"]?.GetValue<string>();
            if (between is not null) await between();
        }
        while (token is not null);
        return seen;
    }

    /// <summary>The groups of a user as administrators see them.</summary>
    public static async Task<IEnumerable<string>> GroupsOf(
        this World world, TestPool pool, string username) =>
        Names(await world.Admin(pool, "AdminListGroupsForUser", username), "Groups", "GroupName");

    /// <summary>The users of a group as administrators see them.</summary>
    public static async Task<IEnumerable<string>> UsersIn(this World world, TestPool pool, string group) =>
        Names(await world.Group(pool, "ListUsersInGroup", group), "Users", "Username");

    private static IEnumerable<string> Names(Answer answer, string list, string member) =>
        answer[list]!.AsArray().Select(entry => ((JsonNode)entry!)[member]!.GetValue<string>());
}
