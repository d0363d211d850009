using Lifeguard.Wire.Tests.SignIn;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Users who are disabled, with everything that is right (CVE-2025-14559 and its like).</summary>
public sealed class DisabledUserTests
{
    [Theory, EachDatabase]
    public async Task Get_no_tokens_by_any_flow_whatever_the_client_reveals(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        SignInWalk.LetTriggersDecide(world);
        var number = 0;
        foreach (var hides in (string[])["LEGACY", "ENABLED"])
        {
            var any = new SignInCase("USER_AUTH", "CONFIRMED", "OPTIONAL", "ste", "se", "");
            var pool = await SignInWalk.PoolOf(world, any, hides);
            // So that there are codes, which disabled users are sent none of.
            await new SignInWalk(world, pool, any with { Flow = "USER_AUTH EMAIL_OTP" }, ++number).Go();
            await new SignInWalk(world, pool, any with { Flow = "USER_AUTH SMS_OTP" }, ++number).Go();
            foreach (var flow in SignInTable.Flows)
            {
                var given = any with { Flow = flow };
                var confirmed = await new SignInWalk(world, pool, given, ++number).Go();
                var (mails, texts) = (world.Email.Sent.Count, world.Sms.Sent.Count);
                var disabled = await new SignInWalk(
                    world, pool, given with { State = "DISABLED" }, ++number).Go();

                Assert.EndsWith("tokens", confirmed, StringComparison.Ordinal);
                Assert.DoesNotContain("tokens", disabled, StringComparison.Ordinal);
                Assert.Contains("Exception", disabled, StringComparison.Ordinal);
                Assert.Equal((mails, texts), (world.Email.Sent.Count, world.Sms.Sent.Count));
            }
        }
    }
}
