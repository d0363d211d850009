using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>
/// Every flow with every state of a user and every second factor, from the first answer to the tokens or to
/// the refusal, compared with what <see cref="SignInTable"/> expects.
/// </summary>
public sealed class MfaTableTests
{
    private static readonly (string Has, string On)[] Users = [("", ""), ("se", ""), ("ste", "sTe")];

    /// <summary>Every flow with every state where the pool demands, allows or does without a second factor,
    /// for users who have none, who have some, and who prefer one.</summary>
    [Theory, EachDatabase]
    public async Task Of_every_flow_state_and_setting_the_way_is_the_same_on_every_database(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var cases =
            from mfa in (string[])["OFF", "OPTIONAL", "ON"]
            from flow in SignInTable.Flows
            from state in SignInTable.States
            from user in Users
            select new SignInCase(flow, state, mfa, "ste", user.Has, user.On);

        Assert.Equal(648, await AllGoAsExpected(world, cases));
    }

    /// <summary>Every combination of what pool and user have, where the password or a code
    /// begins.</summary>
    [Theory]
    [InlineData("OFF", "s")]
    [InlineData("OPTIONAL", "s")]
    [InlineData("OPTIONAL", "t")]
    [InlineData("OPTIONAL", "e")]
    [InlineData("OPTIONAL", "ste")]
    [InlineData("ON", "s")]
    [InlineData("ON", "t")]
    [InlineData("ON", "e")]
    [InlineData("ON", "ste")]
    public async Task Of_every_combination_of_factors_the_way_is_as_expected(string mfa, string offers)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var cases =
            from flow in (string[])["USER_PASSWORD_AUTH", "USER_AUTH", "USER_AUTH EMAIL_OTP"]
            from state in SignInTable.States
            from has in (string[])["", "s", "t", "e", "ste"]
            from switched in (string[])["", .. has.Length > 0 ? (string[])[has, Preferring(has)] : ["s"]]
            select new SignInCase(flow, state, mfa, offers, has, switched);

        Assert.Equal(252, await AllGoAsExpected(world, cases));
    }

    /// <summary>How many there were.</summary>
    private static async Task<int> AllGoAsExpected(World world, IEnumerable<SignInCase> cases)
    {
        SignInWalk.LetTriggersDecide(world);
        var pools = new Dictionary<(string, string), TestPool>();
        var wrong = new List<string>();
        var number = 0;
        foreach (var each in cases)
        {
            var settings = (each.Mfa, each.Offers);
            if (!pools.TryGetValue(settings, out var pool))
                pools[settings] = pool = await SignInWalk.PoolOf(world, each);
            var way = await new SignInWalk(world, pool, each, ++number).Go();
            var expected = SignInTable.Expected(each);
            if (way != expected) wrong.Add($"{each}\n  expected {expected}\n  but went {way}");
        }

        Assert.Equal("", string.Join('\n', wrong));
        return number;
    }

    private static string Preferring(string has) => has[..^1] + char.ToUpperInvariant(has[^1]);
}
