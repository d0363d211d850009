using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Texts of strangers that come near the database before anything has vouched for them.</summary>
public sealed class ForeignTextTests
{
    [Theory, EachDatabase]
    public async Task A_zero_character_in_a_name_finds_nobody(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, new { AliasAttributes = new[] { "email", "phone_number" } });
        var app = new TestApp(world, pool);

        foreach (var name in (string[])["a\0b", "a\0@example.com", "+1\0"])
        {
            Assert.Equal("UserNotFoundException: User does not exist.", (await pool.SignIn(name)).ToString());
            var srp = await app.StartSrp(name, new SrpClient().PublicHex);
            Assert.Equal("UserNotFoundException: User does not exist.", srp.ToString());
        }
    }

    [Theory, EachDatabase]
    public async Task A_made_up_token_names_no_pool_with_strange_characters(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);

        foreach (var poolId in (string[])["a\0b", "us-east-1_é", "%", "us-east-1_A B"])
        {
            var answer = await world.Call("GetUser", new { AccessToken = MadeUp(poolId) });
            Assert.Equal("NotAuthorizedException: Invalid Access Token", answer.ToString());
        }
    }

    private static string MadeUp(string poolId)
    {
        var claims = new
        {
            iss = "http://localhost/" + poolId,
            token_use = "access",
            sub = "s",
            client_id = "c",
            event_id = "018f0000-0000-7000-8000-000000000000",
            exp = 4_000_000_000,
        };
        return $"{Part(new { kid = "k", alg = "RS256" })}.{Part(claims)}.AAAA";

        static string Part(object json) => Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(json)));
    }
}
