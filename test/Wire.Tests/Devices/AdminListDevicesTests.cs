using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Devices;

public sealed class AdminListDevicesTests
{
    [Theory, EachDatabase]
    public async Task Lists_the_devices_of_a_user_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        await TestDevice.Confirmed(world, app, "ana", "laptop");
        await app.Password("ana");
        world.Transcript.Clear();

        var page = await world.Admin(app.Pool, "AdminListDevices", "ana", new { Limit = 1 });
        await world.Admin(
            app.Pool,
            "AdminListDevices",
            "ana",
            new { Limit = 1, PaginationToken = page["PaginationToken"]!.GetValue<string>() });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Is_empty_where_there_is_nothing_to_list()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        Assert.Equal("""{"Devices":[]}""", await List());

        await app.Password("ana");
        Assert.NotEqual("""{"Devices":[]}""", await List());

        await world.Must("UpdateUserPool", new { UserPoolId = app.Pool.Id });
        Assert.Equal("""{"Devices":[]}""", await List());

        async Task<string> List() =>
            (await world.Admin(app.Pool, "AdminListDevices", "ana")).Body!.ToJsonString();
    }

    [Fact]
    public async Task Refuses_unknown_pools_and_users_and_other_lists_tokens()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        await app.Password("ana");
        await app.Password("ana");
        var page = await world.Admin(app.Pool, "AdminListDevices", "ana", new { Limit = 1 });
        var token = page["PaginationToken"]!.GetValue<string>();

        Assert.Equal(
            DeviceCalls.NoPool,
            (await world.Admin(new TestPool(world, "us-east-1_Nowhere01", "c"), "AdminListDevices", "ana"))
                .ToString());
        Assert.Equal(
            DeviceCalls.NoUser, (await world.Admin(app.Pool, "AdminListDevices", "nobody")).ToString());
        Assert.Equal(
            "InvalidParameterException: Paging Marker is Invalid for Request",
            (await world.Admin(app.Pool, "AdminListDevices", "bob", new { PaginationToken = token }))
                .ToString());
    }
}
