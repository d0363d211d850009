using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Devices;

public sealed class ListDevicesTests
{
    [Theory, EachDatabase]
    public async Task Lists_confirmed_and_other_devices_page_by_page(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        await TestDevice.Confirmed(world, app, "ana", "laptop");
        await TestDevice.Confirmed(world, app, "bob", "bob's");
        await app.Password("ana");
        var tokens = await app.SignedIn("ana");
        world.Transcript.Clear();

        var page = await world.Own(tokens.Access, "ListDevices", new { Limit = 2 });
        await world.Own(
            tokens.Access,
            "ListDevices",
            new { Limit = 2, PaginationToken = page["PaginationToken"]!.GetValue<string>() });

        world.Transcript.ShouldMatchApproved();
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData(0, 60)]
    [InlineData(1, 1)]
    [InlineData(60, 60)]
    public async Task Gives_as_many_as_are_asked_for(int? limit, int expected)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        for (var i = 0; i < 61; i++) await app.Password("ana");
        var tokens = await app.SignedIn("ana");

        var page = await world.Own(tokens.Access, "ListDevices", new { Limit = limit });

        Assert.Equal(expected, page["Devices"]!.AsArray().Count);
        Assert.NotNull(page["PaginationToken"]);
    }

    [Fact]
    public async Task Keeps_a_hundred_that_are_not_confirmed_and_all_that_are()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        var confirmed = await TestDevice.Confirmed(world, app, "ana");
        var first = TestDevice.Of(world, await app.Password("ana"));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 99; i++) await app.Password("ana");
        var tokens = await app.SignedIn("ana");

        var keys = new List<string>();
        string? next = null;
        do
        {
            var page = await world.Own(tokens.Access, "ListDevices", new { PaginationToken = next });
            keys.AddRange(
                page["Devices"]!.AsArray().Select(device => device!["DeviceKey"]!.GetValue<string>()));
            next = page["PaginationToken"]?.GetValue<string>();
        }
        while (next is not null);

        Assert.Equal(101, keys.Count);
        Assert.Contains(confirmed.Key, keys);
        Assert.DoesNotContain(first.Key, keys);
    }

    [Fact]
    public async Task Is_empty_where_the_pool_tracks_no_devices()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var tokens = await app.SignedIn("ana");

        var page = await world.Own(tokens.Access, "ListDevices");

        Assert.Equal("""{"Devices":[]}""", page.Body!.ToJsonString());
    }

    [Fact]
    public async Task Takes_tokens_of_this_user_alone()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = await DevicePools.Create(world);
        await app.Pool.ConfirmedUser("bob");
        await app.Password("ana");
        var (ana, bob) = (await app.SignedIn("ana"), await app.SignedIn("bob"));
        var page = await world.Own(ana.Access, "ListDevices", new { Limit = 1 });
        var token = page["PaginationToken"]!.GetValue<string>();

        Assert.Equal(
            "InvalidParameterException: Paging Marker is Invalid for Request",
            (await world.Own(bob.Access, "ListDevices", new { PaginationToken = token })).ToString());
        const string invalid = "InvalidParameterException: Invalid pagination token.";
        Assert.Equal(
            invalid,
            (await world.Own(ana.Access, "ListDevices", new { PaginationToken = "garbage" })).ToString());
        Assert.Equal(
            invalid,
            (await world.Admin(app.Pool, "AdminListDevices", "ana", new { PaginationToken = token }))
                .ToString());
        Assert.Contains("'limit'", (await world.Own(ana.Access, "ListDevices", new { Limit = 61 })).Message);
    }
}
