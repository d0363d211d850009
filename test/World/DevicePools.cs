namespace Lifeguard.Worlds;

/// <summary>Pools that track devices.</summary>
public static class DevicePools
{
    /// <summary>For <see cref="TestPool.Create"/>.</summary>
    /// <param name="trusts">A remembered device stands in for a second factor.</param>
    /// <param name="asks">Users are asked before a device is remembered.</param>
    public static object Settings(bool trusts = true, bool asks = false) => new
    {
        DeviceConfiguration = new
        {
            ChallengeRequiredOnNewDevice = trusts,
            DeviceOnlyRememberedOnUserPrompt = asks,
        },
    };

    /// <summary>An application of a pool that tracks devices, with the user ana.</summary>
    public static async Task<TestApp> Create(World world, bool trusts = true, bool asks = false)
    {
        var app = new TestApp(world, await TestPool.Create(world, Settings(trusts, asks)));
        await app.Pool.ConfirmedUser("ana");
        return app;
    }

    /// <summary>The same, with an authenticator as second factor.</summary>
    public static async Task<(TestApp App, Authenticator Authenticator)> WithAuthenticator(
        World world, bool trusts = true, bool asks = false, string mfa = "OPTIONAL")
    {
        var pool = await MfaPools.Create(world, "OPTIONAL", "t", Settings(trusts, asks));
        await pool.ConfirmedUser("ana");
        var authenticator = await Authenticator.Enrol(world, pool, "ana");
        if (mfa != "OPTIONAL")
            await world.Must("SetUserPoolMfaConfig", new { UserPoolId = pool.Id, MfaConfiguration = mfa });
        return (new TestApp(world, pool), authenticator);
    }
}
