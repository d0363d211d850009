using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>What sign-ins under way, and tokens, are worth to others, to users who may not sign in any more,
/// and after their time.</summary>
public sealed class BegunSignInTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    [Theory, EachDatabase]
    public async Task Disabling_a_user_stops_every_answer_to_a_challenge_begun_before_for_good(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var begun = await BegunSignIns.In(world);
        var waiting = await begun.Begin();
        world.Clock.Advance(TimeSpan.FromSeconds(1));

        await begun.ForEach("AdminDisableUser");
        Assert.Empty(await BegunSignIns.Succeeding(waiting, begun.Pool));
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await begun.ForEach("AdminEnableUser");

        Assert.Empty(await BegunSignIns.Succeeding(waiting, begun.Pool));
        await EverythingSucceeds(begun);
    }

    [Theory, EachDatabase]
    public async Task A_user_of_the_same_name_inherits_no_session_token_code_or_device(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var begun = await BegunSignIns.In(world);
        var waiting = await begun.Begin();

        await begun.ForEach("AdminDeleteUser");
        await begun.CreateUsers();

        Assert.Empty(await BegunSignIns.Succeeding(waiting, begun.Pool));
        await EverythingSucceeds(begun);
    }

    [Theory, EachDatabase]
    public async Task Sessions_and_tokens_are_worthless_at_the_clients_of_another_pool(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var (begun, elsewhere) = (await BegunSignIns.In(world), await BegunSignIns.In(world));
        var another = await begun.Pool.AnotherClient(
            new { ExplicitAuthFlows = (string[])[.. PasskeyPools.Flows, "ALLOW_CUSTOM_AUTH"] });
        var waiting = await begun.Begin();

        Assert.Empty(await BegunSignIns.Succeeding(waiting, elsewhere.Pool));
        Assert.Empty(await BegunSignIns.Succeeding(waiting, another));

        // Nor does that spoil them for whom they belong to.
        var succeeding = await BegunSignIns.Succeeding(
            waiting.Where(each => each.Kind != "PASSWORD_VERIFIER"), begun.Pool);
        Assert.Equal(13, succeeding.Count);
    }

    [Theory, EachDatabase]
    public async Task Every_challenge_is_good_to_its_last_millisecond_and_not_at_its_end(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var begun = await BegunSignIns.In(world);
        var (first, second) = (
            await begun.Begin(withTokens: false), await begun.Begin(withTokens: false));
        world.Clock.Advance(Lifetime - TimeSpan.FromMilliseconds(1));

        Assert.Equal(12, (await BegunSignIns.Succeeding(first, begun.Pool)).Count);
        world.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(await BegunSignIns.Succeeding(second, begun.Pool));
    }

    private static async Task EverythingSucceeds(BegunSignIns begun)
    {
        var waiting = await begun.Begin();
        var succeeding = await BegunSignIns.Succeeding(waiting, begun.Pool);
        Assert.Equal(waiting.Select(each => each.Kind), succeeding);
    }
}
