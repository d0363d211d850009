using System.Text.Json;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Sessions;

/// <summary>Calls as tests of sessions make them.</summary>
internal static class SessionCalls
{
    public const string NotTracked =
        "OperationNotEnabledException: User session tracking is not enabled for the user pool.";

    public const string NotFound = "ResourceNotFoundException: Session does not exist.";

    public const string Firefox =
        "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0";

    public const string Chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        + "Chrome/126.0.0.0 Safari/537.36";

    /// <summary>A pool that tracks sessions, with a user <c>ana</c>.</summary>
    public static async Task<TestApp> Tracking(World world, int maxPerUser = 20, object? client = null)
    {
        var pool = await TestPool.Create(world, client: client);
        await Track(world, pool, "ENABLED", maxPerUser);
        await pool.ConfirmedUser("ana");
        return new(world, pool);
    }

    public static Task<Answer> Track(World world, TestPool pool, string tracking, int maxPerUser = 20) =>
        world.Must(
            "SetUserPoolSessionConfiguration",
            new
            {
                UserPoolId = pool.Id,
                UserSessionTracking = tracking,
                TokenSession = new { MaxPerUser = maxPerUser },
            });

    /// <summary>The ids of a user's sessions, as an administrator sees them.</summary>
    public static async Task<IReadOnlyList<string>> Of(World world, TestPool pool, string username = "ana") =>
        Ids(await world.Admin(pool, "AdminListUserSessions", username));

    /// <summary>The ids in a list.</summary>
    public static IReadOnlyList<string> Ids(Answer listed) =>
        [.. listed["Sessions"]!.AsArray().Select(one => one!["SessionId"]!.GetValue<string>())];

    /// <summary>The session that an access token belongs to.</summary>
    public static async Task<string> Current(World world, TestTokens tokens)
    {
        var listed = await world.Own(tokens.Access, "ListUserSessions");
        return listed["Sessions"]!.AsArray()
            .Single(one => one!["IsCurrentSession"]!.GetValue<bool>())!["SessionId"]!.GetValue<string>();
    }

    /// <summary>Signs in from some browser, or refreshes.</summary>
    public static async Task<TestTokens> From(
        World world, string userAgent, string operation, object request) =>
        TestTokens.Of(await world.Send(
            operation,
            JsonSerializer.Serialize(request),
            name => name == "User-Agent" ? userAgent : null));
}
