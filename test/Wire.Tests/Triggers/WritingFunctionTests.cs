using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>Functions may call this API themselves, and change the user that they are asked about.</summary>
public sealed class WritingFunctionTests
{
    public static TheoryData<string> Calls =>
        [.. TriggeredCall.All.Select(call => $"{call.Trigger} of {call.Name}")];

    [Theory, MemberData(nameof(Calls))]
    public async Task Is_asked_once_and_in_nobodys_way(string call)
    {
        var triggered = TriggeredCall.All.Single(one => $"{one.Trigger} of {one.Name}" == call);
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TriggeredPool.Create(world);
        var make = await triggered.Prepare(pool);
        var outcomes = new List<string>();
        var name = "";
        world.Triggers.First(TriggeredPool.ArnOf(triggered.Trigger), async input =>
        {
            name = input["userName"]!.GetValue<string>();
            var written = await pool.Admin(
                "AdminUpdateUserAttributes", name,
                new { UserAttributes = Worlds.Calls.Attributes("nickname=Written") });
            outcomes.Add(written.ToString());
        });

        Assert.Equal("200", (await make()).ToString());

        // Who is only about to be made is not there yet.
        var isThere = triggered is not { Trigger: "PreSignUp" } and not { Name: "AdminCreateUser" };
        Assert.Equal(
            isThere ? "200" : "UserNotFoundException: User does not exist.", Assert.Single(outcomes));
        if (!isThere) return;
        var user = await pool.Admin("AdminGetUser", name);
        Assert.Contains(
            user["UserAttributes"]!.AsArray(),
            attribute => attribute!["Value"]!.GetValue<string>() == "Written");
    }
}
