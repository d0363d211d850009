using System.Text.Json.Nodes;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Pools;

public sealed class GetUserPoolMfaConfigTests
{
    [Theory, EachDatabase]
    public async Task Shows_what_was_set_where_it_was_set(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var plain = await TestPool.Create(world);
        var pool = await TestPool.Create(
            world, Calls.Merge(MfaPools.Sms("OPTIONAL"), new { SmsAuthenticationMessage = "Code {####}" }));
        world.Transcript.Clear();

        await world.Call("GetUserPoolMfaConfig", new { UserPoolId = plain.Id });
        await world.Call("GetUserPoolMfaConfig", new { UserPoolId = pool.Id });

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Answers_what_setting_has_answered()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        var set = await world.Must(
            "SetUserPoolMfaConfig",
            new
            {
                UserPoolId = pool.Id,
                MfaConfiguration = "OPTIONAL",
                EmailMfaConfiguration = new { Message = "Code {####}" },
                SoftwareTokenMfaConfiguration = new { Enabled = true },
                WebAuthnConfiguration = new { UserVerification = "preferred" },
                SmsMfaConfiguration = new
                {
                    SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms" },
                },
            });

        var got = await world.Must("GetUserPoolMfaConfig", new { UserPoolId = pool.Id });

        Assert.True(JsonNode.DeepEquals(set.Body, got.Body));
        Assert.Equal(5, got.Body!.Count);
    }

    [Fact]
    public async Task Refuses_a_pool_that_is_not_there()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var answer = await world.Call("GetUserPoolMfaConfig", new { UserPoolId = "us-east-1_Nowhere00" });

        Assert.Equal(
            "ResourceNotFoundException: User pool us-east-1_Nowhere00 does not exist.", answer.ToString());
    }
}
