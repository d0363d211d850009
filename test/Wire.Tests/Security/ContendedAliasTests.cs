using Lifeguard.Domain;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>
/// One address that very many want at the same time: somebody has it in the end, one and no more, and nobody
/// is turned away for another reason than that.
/// </summary>
public sealed class ContendedAliasTests
{
    private const string PreSignUp = "arn:aws:lambda:us-east-1:000000000000:function:presignup";
    private const string Address = "both@example.com";

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_a_thousand_who_register_with_one_address_as_the_name_one_succeeds(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(
            world, Calls.Merge(PoolKinds.Of("email name"), Passwordless));

        var answers = await world.Burst(1000, "SignUp", _ => new { pool.ClientId, Username = Address });

        Assert.Equal(Counts(("200", 1), ("UsernameExistsException", 999)), Counts(answers));
        Assert.Single(await world.RowsOf("user_alias"));
        Assert.Single(await world.RowsOf("users"));
        Assert.Single(await world.RowsOf("confirmation_code"));
        Assert.Single(world.Email.Sent);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_a_thousand_whom_a_trigger_verifies_all_succeed_and_one_keeps_the_address(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        world.Triggers.On(PreSignUp, input =>
        {
            input["response"]!["autoConfirmUser"] = true;
            input["response"]!["autoVerifyEmail"] = true;
        });
        var pool = await TestPool.Create(
            world,
            Calls.Merge(
                Calls.Merge(PoolKinds.Of("email alias"), Passwordless),
                new { LambdaConfig = new { PreSignUp } }));

        var answers = await world.Burst(1000, "SignUp", SignUp(pool));

        Assert.Equal(Counts(("200", 1000)), Counts(answers));
        // Nobody had to begin again: that would have asked the trigger once more.
        Assert.Equal(1000, world.Triggers.Events.Count);
        var users = await Users(world, pool);
        Assert.Equal(1000, users.Count);
        Assert.Equal(await Owner(world, pool), Assert.Single(users, user => user.IsVerified).Name);
        Assert.All(users, user => Assert.Equal("CONFIRMED", user.Status));
        Assert.Single(await world.RowsOf("user_alias"));
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Of_many_who_confirm_at_once_with_and_without_force_one_keeps_the_address(
        DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, Calls.Merge(PoolKinds.Of("email alias"), Passwordless));
        world.Get<ConfirmationCodes>().Fixed = "123456";
        Assert.Equal(Counts(("200", 200)), Counts(await world.Burst(200, "SignUp", SignUp(pool))));

        var answers = await world.Burst(
            200,
            "ConfirmSignUp",
            i => new
            {
                pool.ClientId,
                Username = $"u{i}",
                ConfirmationCode = "123456",
                ForceAliasCreation = i % 2 == 0,
            });

        Assert.Empty(answers.Keys.Except(["200", "AliasExistsException"]));
        var users = await Users(world, pool);
        Assert.Equal(answers["200"], users.Count(user => user.Status == "CONFIRMED"));
        // Who may force it is refused by nobody.
        Assert.All(
            users.Where(user => int.Parse(user.Name[1..]) % 2 == 0),
            user => Assert.Equal("CONFIRMED", user.Status));
        Assert.Equal(await Owner(world, pool), Assert.Single(users, user => user.IsVerified).Name);
        Assert.Single(await world.RowsOf("user_alias"));
        Assert.Equal(
            200 - answers["200"], (await world.RowsOf("confirmation_code")).Count);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Administrators_who_move_one_address_at_once_all_succeed(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, Calls.Merge(PoolKinds.Of("every alias"), Passwordless));
        var verified = Calls.Attributes(
            $"email={Address};email_verified=true;phone_number=+15551230000;phone_number_verified=true");

        var answers = await world.Burst(
            100,
            "AdminCreateUser",
            i => new
            {
                UserPoolId = pool.Id,
                Username = $"u{i}",
                UserAttributes = verified,
                ForceAliasCreation = true,
                MessageAction = "SUPPRESS",
            });

        Assert.Equal(Counts(("200", 100)), Counts(answers));
        var users = await Users(world, pool);
        Assert.Equal(await Owner(world, pool), Assert.Single(users, user => user.IsVerified).Name);
        // The name of each among the preferred ones, one address, one number.
        Assert.Equal(102, (await world.RowsOf("user_alias")).Count);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task A_name_goes_to_one_who_registers_with_it_or_to_one_who_prefers_it(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, Calls.Merge(PoolKinds.Of("every alias"), Passwordless));
        for (var i = 0; i < 20; i++) await world.Must("SignUp", new { pool.ClientId, Username = $"u{i}" });

        var registering = world.Burst(20, "SignUp", _ => new { pool.ClientId, Username = "king" });
        var preferring = world.Burst(
            20,
            "AdminUpdateUserAttributes",
            i => new
            {
                UserPoolId = pool.Id,
                Username = $"u{i}",
                UserAttributes = Calls.Attributes("preferred_username=king"),
            });
        var answers = (await registering)
            .Concat(await preferring)
            .ToLookup(pair => pair.Key, pair => pair.Value);

        Assert.Equal(1, answers["200"].Sum());
        Assert.Equal(39, answers["UsernameExistsException"].Concat(answers["AliasExistsException"]).Sum());
    }

    private static object Passwordless => new
    {
        Policies = new
        {
            SignInPolicy = new { AllowedFirstAuthFactors = (string[])["PASSWORD", "EMAIL_OTP"] },
        },
    };

    private static Func<int, object> SignUp(TestPool pool) => i => new
    {
        pool.ClientId,
        Username = $"u{i}",
        UserAttributes = Calls.Attributes("email=" + Address),
    };

    /// <summary>Counts as text, which says more than a number when they differ.</summary>
    private static string Counts(params IEnumerable<(string Code, int Count)> answers) =>
        string.Join(' ', answers.OrderBy(each => each.Code).Select(each => $"{each.Code}:{each.Count}"));

    private static string Counts(IReadOnlyDictionary<string, int> answers) =>
        Counts(answers.Select(pair => (pair.Key, pair.Value)));

    private static async Task<string> Owner(World world, TestPool pool)
    {
        var owner = await world.Admin(pool, "AdminGetUser", Address);
        return owner["Username"]!.GetValue<string>();
    }

    private static async Task<List<(string Name, string Status, bool IsVerified)>> Users(
        World world, TestPool pool)
    {
        var users = new List<(string, string, bool)>();
        string? token = null;
        do
        {
            var page = await world.Send(
                "ListUsers",
                Calls.Merge(
                    new { UserPoolId = pool.Id }, token is null ? null : new { PaginationToken = token })
                .ToJsonString());
            users.AddRange(page["Users"]!.AsArray().Select(user => (
                user!["Username"]!.GetValue<string>(),
                user["UserStatus"]!.GetValue<string>(),
                Calls.ValueIn(user["Attributes"], "email_verified") == "true")));
            token = page["PaginationToken"]?.GetValue<string>();
        }
        while (token is not null);

        return users;
    }
}
