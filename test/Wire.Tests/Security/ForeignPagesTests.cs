using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Pages of other sites in the browser of somebody who runs a development server.</summary>
public sealed class ForeignPagesTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://app.localhost:3000", true)]
    [InlineData("http://127.0.0.1:3000", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("null", false)]
    public async Task Are_no_administrators_where_anybody_else_is(string? origin, bool admitted)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Send(
            "ListUserPools", """{"MaxResults":1}""", name => name == "Origin" ? origin : null);

        Assert.Equal(admitted ? null : "MissingAuthenticationTokenException", answer.Code);
    }
}
