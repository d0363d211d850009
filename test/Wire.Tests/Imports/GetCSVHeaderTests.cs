using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Imports;

public sealed class GetCSVHeaderTests
{
    [Theory, EachDatabase]
    public async Task Names_the_columns_of_the_pools_files(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new
        {
            Schema = (object[])
            [
                new { Name = "level", AttributeDataType = "Number" },
                new { Name = "hidden", AttributeDataType = "String", DeveloperOnlyAttribute = true },
            ],
        });
        world.Transcript.Clear();

        await world.Call("GetCSVHeader", new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Refuses_what_is_no_pool()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.",
            (await world.Call("GetCSVHeader", new { UserPoolId = "us-east-1_Nowhere00" })).ToString());
        Assert.Equal("InvalidParameterException", (await world.Call("GetCSVHeader", new { })).Code);
    }
}
