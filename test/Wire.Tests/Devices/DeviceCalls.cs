using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Devices;

/// <summary>What the tests of devices have in common.</summary>
internal static class DeviceCalls
{
    public const string NoDevice = "ResourceNotFoundException: Device does not exist.";

    public const string NotTracked =
        "InvalidUserPoolConfigurationException: User pool is not configured to track devices.";

    public const string NoUser = "UserNotFoundException: User does not exist.";

    public const string NoPool =
        "ResourceNotFoundException: User pool us-east-1_Nowhere01 does not exist.";

    /// <summary>A device that no pool knows.</summary>
    public static TestDevice Nowhere(World world) =>
        new(world, "us-east-1_00000000-0000-4000-8000-000000000000", "-abcdefgh");

    /// <summary>Is it remembered, as an administrator sees it?</summary>
    public static Task<string?> StatusOf(World world, TestPool pool, string username, string key) =>
        Attribute(world, pool, username, key, "dev:device_remembered_status");

    public static Task<string?> NameOf(World world, TestPool pool, string username, string key) =>
        Attribute(world, pool, username, key, "device_name");

    /// <summary>What <see cref="Refusals"/> are.</summary>
    public static readonly IReadOnlyList<string> AllRefusals =
        [NoPool, NoUser, NotTracked, NoDevice, NoDevice];

    /// <summary>The refusals that every administrator's operation on a device has in common.</summary>
    public static async Task<IReadOnlyList<string>> Refusals(
        World world, string operation, object? more = null)
    {
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        var device = await TestDevice.Confirmed(world, app, "ana");
        var plain = await TestPool.Create(world);
        await plain.ConfirmedUser("ana");
        var nowhere = new TestPool(world, "us-east-1_Nowhere01", "c");
        return
        [
            await Try(nowhere, "ana", device.Key),
            await Try(app.Pool, "nobody", device.Key),
            await Try(plain, "ana", device.Key),
            await Try(app.Pool, "ana", Nowhere(world).Key),
            await Try(app.Pool, "bob", device.Key),
        ];

        async Task<string> Try(TestPool pool, string username, string key) => await world.LeavesNothing(
            () => world.Admin(pool, operation, username, Calls.Merge(new { DeviceKey = key }, more)));
    }

    private static async Task<string?> Attribute(
        World world, TestPool pool, string username, string key, string name)
    {
        var answer = await world.Admin(pool, "AdminGetDevice", username, new { DeviceKey = key });
        return Calls.ValueIn(answer["Device"]!["DeviceAttributes"], name);
    }
}
