using System.Text;
using Lifeguard.Domain.Risk;
using Lifeguard.Wire.Tests.Pools;
using Lifeguard.Wire.Tests.Replicas;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Risk;

public sealed class AdminListUserAuthEventsTests
{
    private const string Operation = "AdminListUserAuthEvents";
    private const string Fresh = "New-1234!";

    [Theory, EachDatabase]
    public async Task Shows_what_a_user_did_newest_first(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await RiskPools.Create(world, "AUDIT");
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        await pool.SignIn("ana", "Wrong-1234!");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await pool.SignIn("ana");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.UserAgent = RiskPools.Firefox;
        await pool.SignIn("ana");
        world.Transcript.Clear();

        await world.Admin(pool, Operation, "ana");

        world.Transcript.ShouldMatchApproved();
    }

    [Fact]
    public async Task Everything_that_leads_in_is_an_event()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await Step(world, () => world.SignUp(pool, "ana", "email=ana@example.com"));
        await Step(world, () => world.Public(pool, "ResendConfirmationCode", "ana"));
        await Step(world, () => world.Public(
            pool, "ConfirmSignUp", "ana", new { ConfirmationCode = pool.LastCode() }));
        await Step(world, () => world.Public(pool, "ForgotPassword", "ana"));
        await Step(world, () => world.Public(
            pool, "ConfirmForgotPassword", "ana",
            new { ConfirmationCode = pool.LastCode(), Password = Fresh }));
        var token = await pool.AccessTokenOf("ana", Fresh);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await Step(world, () => world.Own(
            token, "ChangePassword", new { PreviousPassword = Fresh, ProposedPassword = "Next-1234!" }));

        Assert.Equal(
            [
                "PasswordChange Pass NoRisk", "SignIn Pass NoRisk Password=Success",
                "ForgotPassword Pass NoRisk", "ForgotPassword InProgress NoRisk", "SignUp Pass NoRisk",
                "ResendCode Pass NoRisk", "SignUp InProgress NoRisk",
            ],
            (await world.EventsOf(pool, "ana")).Select(RiskPools.Line));
    }

    [Fact]
    public async Task A_sign_in_of_several_steps_is_one_event_from_its_beginning_to_its_end()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await RiskPools.Create(world, factors: "t"));
        await app.Pool.ConfirmedUser("ana");
        var authenticator = await Authenticator.Enrol(world, app.Pool, "ana");

        var challenge = await app.Srp("ana");
        Assert.Equal(
            "SignIn InProgress NoRisk Password=Success", await world.LastEventOf(app.Pool, "ana"));
        await Answer(authenticator.WrongCode());
        Assert.Equal(
            "SignIn Fail NoRisk Password=Success Mfa=Failure", await world.LastEventOf(app.Pool, "ana"));
        var tokens = TestTokens.Of(await Answer(authenticator.Code()));

        var last = (await world.EventsOf(app.Pool, "ana"))[0];
        Assert.Equal("SignIn Pass NoRisk Password=Success Mfa=Failure Mfa=Success", RiskPools.Line(last));
        Assert.Equal(tokens.AccessClaims["event_id"]!.GetValue<string>(), last.Text("EventId"));

        Task<Answer> Answer(string code) => app.Answer(
            "SOFTWARE_TOKEN_MFA", MfaPools.SessionOf(challenge),
            ("USERNAME", "ana"), ("SOFTWARE_TOKEN_MFA_CODE", code));
    }

    [Theory, EachDatabase]
    public async Task Of_many_sign_ins_at_once_each_is_an_event(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await RiskPools.Create(world);
        await pool.ConfirmedUser("ana");

        var answers = await world.Burst(12, "InitiateAuth", _ => new
        {
            AuthFlow = "USER_PASSWORD_AUTH",
            pool.ClientId,
            AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
        });

        Assert.Equal(12, answers["200"]);
        Assert.Equal(12, (await world.EventsOf(pool, "ana")).Count);
    }

    [Fact]
    public async Task Pages_begin_where_the_last_one_ended()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await pool.ConfirmedUser("ana");
        for (var i = 0; i < 5; i++) await Step(world, () => pool.SignIn("ana"));
        var all = (await world.EventsOf(pool, "ana")).Select(each => each.Text("EventId")).ToList();

        var paged = new List<string>();
        string? next = null;
        do
        {
            var page = await world.Admin(pool, Operation, "ana", new { MaxResults = 2, NextToken = next });
            paged.AddRange(page["AuthEvents"]!.AsArray().Select(each => each!.Text("EventId")));
            next = page["NextToken"]?.GetValue<string>();
            Assert.True(paged.Count <= all.Count);
        }
        while (next is not null);

        Assert.Equal(5, all.Count);
        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task A_page_of_another_user_is_none_of_this_one()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("eve");
        for (var i = 0; i < 2; i++) await pool.SignIn("ana");
        var page = await world.Admin(pool, Operation, "ana", new { MaxResults = 1 });

        var other = await world.Admin(pool, Operation, "eve", new { NextToken = page["NextToken"] });
        var garbage = await world.Admin(pool, Operation, "ana", new { NextToken = "x" });

        Assert.Equal("InvalidParameterException", other.Code);
        Assert.Equal("InvalidParameterException: Invalid pagination token.", garbage.ToString());
    }

    [Fact]
    public async Task Places_are_shown_where_the_operator_knows_them()
    {
        byte[][] table = [.. new[] { "192.0.2.0/24,Iceland,Reykjavik" }.Select(Encoding.UTF8.GetBytes)];
        await using var world = await World.Start(
            DatabaseKind.Memory,
            locations: Locations.Read(table.Select(line => new ReadOnlyMemory<byte>(line))));
        var pool = await RiskPools.Create(world);
        await pool.ConfirmedUser("ana");
        await pool.SignIn("ana");

        var context = (await world.EventsOf(pool, "ana"))[0]["EventContextData"]!;

        Assert.Equal(("Iceland", "Reykjavik"), (context.Text("Country"), context.Text("City")));
    }

    [Fact]
    public async Task Another_s_attempts_are_not_among_them_and_all_go_with_the_user()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await pool.ConfirmedUser("ana");
        await pool.ConfirmedUser("eve");
        await pool.SignIn("eve");
        await pool.SignIn("nobody");
        Assert.Empty(await world.EventsOf(pool, "ana"));
        await pool.SignIn("ana");

        await world.Admin(pool, "AdminDeleteUser", "ana");

        Assert.Single(await world.RowsOf("auth_event"));
    }

    [Fact]
    public async Task Refuses_what_is_not_there_and_pools_without_threat_protection()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        var plain = await TestPool.Create(world);

        Assert.Equal(
            "UserNotFoundException: User does not exist.",
            (await world.Admin(pool, Operation, "nobody")).ToString());
        Assert.Equal(
            TestReplica.NoPool,
            (await world.Call(
                Operation, new { UserPoolId = "us-east-1_Nowhere00", Username = "ana" })).ToString());
        Assert.Equal(
            "UserPoolAddOnNotEnabledException", (await world.Admin(plain, Operation, "nobody")).Code);
        Assert.Equal(
            "InvalidParameterException",
            (await world.Admin(pool, Operation, "ana", new { MaxResults = 61 })).Code);
    }

    private static async Task Step(World world, Func<Task<Answer>> step)
    {
        var answer = await step();
        Assert.True(answer.IsSuccess, answer.ToString());
        world.Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
