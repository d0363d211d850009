using Lifeguard.Domain;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Framework;

/// <summary>What callers learn when the server itself fails.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("DescribeUserPoolClient", "InternalErrorException")]
    [InlineData("ListUserPoolClientSecrets", "InternalServerException")]
    [InlineData("AddUserPoolClientSecret", "InternalServerException")]
    public async Task The_word_of_the_operation_for_it_and_no_detail(string operation, string code)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, null, new { GenerateSecret = true });
        // Without the key that sealed it the client's secret cannot be read; what is cached expires first.
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var now = world.Clock.GetUtcNow();
        world.Get<KeyRing>().Load([new DataKey("another", new byte[32], now)], now);

        var answer = await world.Call(operation, new { UserPoolId = pool.Id, pool.ClientId });

        Assert.Equal((500, code), (answer.Status, answer.Code));
        Assert.Matches("^An internal error occurred. Request id: request-[0-9]+$", answer.Message);
    }
}
