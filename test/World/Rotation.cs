namespace Lifeguard.Worlds;

/// <summary>App clients whose refresh tokens are replaced by each use.</summary>
public static class Rotation
{
    private static readonly string[] Flows =
        ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"];

    /// <summary>Settings of such a client.</summary>
    /// <param name="grace">Seconds for which a replaced token still works.</param>
    public static object Client(int grace = 0, object? more = null) => Calls.Merge(
        new
        {
            ExplicitAuthFlows = Flows,
            RefreshTokenRotation = new { Feature = "ENABLED", RetryGracePeriodSeconds = grace },
        },
        more);

    /// <summary>GetTokensFromRefreshToken, with the client's secret where it has one.</summary>
    public static Task<Answer> Refresh(this World world, TestPool pool, string token, object? more = null) =>
        world.Call("GetTokensFromRefreshToken", Request(pool, token, more));

    /// <summary>The request of <see cref="Refresh"/>.</summary>
    public static object Request(TestPool pool, string token, object? more = null) => Calls.Merge(
        pool.ClientSecret is null
            ? new { pool.ClientId, RefreshToken = token }
            : new { pool.ClientId, pool.ClientSecret, RefreshToken = token },
        more);

    /// <summary>What an access token comes to.</summary>
    public static async Task<string> Admission(this World world, string accessToken) =>
        (await world.Call("GetUser", new { AccessToken = accessToken })).ToString();
}
