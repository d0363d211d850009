using Lifeguard.Operations.Flows;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Guessing the codes of second factors: in parallel, in many sign-ins, by many factors.</summary>
public sealed class SignInCodeGuessingTests
{
    private const int Limit = 20;
    private const string TooMany =
        "TooManyRequestsException: Attempt limit exceeded, please try after some time.";

    [Fact]
    public async Task Ten_thousand_guesses_in_fifty_sign_ins_at_once_get_no_more_looked_at_than_the_limit()
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        await Guess(world, sessions: 50, guesses: 10_000);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task So_on_every_database(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);

        await Guess(world, sessions: 10, guesses: 400);
    }

    [Theory, EachDatabase(OnFile = true)]
    public async Task Guesses_at_once_in_one_sign_in_get_five_looked_at(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var app = new TestApp(world, await TestPool.Create(world, MfaPools.Sms("ON")));
        await app.Pool.ConfirmedUser("ana", phone: "+15551230000");
        var session = MfaPools.SessionOf(await app.Password("ana"));
        var code = world.LastSmsCode();

        var answers = await world.Burst(200, "RespondToAuthChallenge", i => new
        {
            app.Pool.ClientId,
            ChallengeName = "SMS_MFA",
            Session = session,
            ChallengeResponses = new { USERNAME = "ana", SMS_MFA_CODE = MfaPools.Other(code) },
        });

        Assert.Equal(5, answers["CodeMismatchException"]);
        Assert.Equal(195, answers["NotAuthorizedException"]);
    }

    [Fact]
    public async Task An_older_session_of_the_same_sign_in_brings_no_new_tries()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world, MfaPools.Sms("ON")));
        await app.Pool.ConfirmedUser("ana", phone: "+15551230000");
        var session = MfaPools.SessionOf(await app.Password("ana"));
        var other = await Again(world, app.Pool, session);
        var wrong = MfaPools.Other(world.LastSmsCode());

        foreach (var each in (string[])[session, other, session, other, session])
            Assert.Equal("CodeMismatchException", (await BySms(app, each, wrong)).Code);

        const string over = "NotAuthorizedException: Invalid session for the user, session is expired.";
        Assert.Equal(over, TestApp.Outcome(await BySms(app, session, world.LastSmsCode())));
        Assert.Equal(over, TestApp.Outcome(await BySms(app, other, world.LastSmsCode())));
    }

    [Fact]
    public async Task Changing_the_factor_brings_no_new_tries()
    {
        await using var world = await World.Start(DatabaseKind.Memory, new(SignInCodes: 6));
        var app = new TestApp(world, await MfaPools.Create(world, "OPTIONAL", "st"));
        await app.Pool.ConfirmedUser("ana", phone: "+15551230000");
        var authenticator = await Authenticator.Enrol(world, app.Pool, "ana");
        await world.Admin(
            app.Pool, "AdminSetUserMFAPreference", "ana", new { SMSMfaSettings = new { Enabled = true } });
        for (var i = 0; i < 3; i++)
        {
            var bySms = await Chosen(app, "SMS_MFA");
            Assert.Equal(
                "CodeMismatchException", (await BySms(app, bySms, MfaPools.Other(world.LastSmsCode()))).Code);
            var byApp = await Chosen(app, "SOFTWARE_TOKEN_MFA");
            Assert.Equal(
                "CodeMismatchException", (await ByApp(app, byApp, authenticator.WrongCode())).Code);
        }

        Assert.Equal(
            TooMany,
            TestApp.Outcome(await ByApp(app, await Chosen(app, "SOFTWARE_TOKEN_MFA"), authenticator.Code())));
    }

    private static async Task Guess(World world, int sessions, int guesses)
    {
        var app = new TestApp(world, await MfaPools.Create(world, "OPTIONAL", "t"));
        await app.Pool.ConfirmedUser("ana");
        await app.Pool.ConfirmedUser("bob");
        var authenticator = await Authenticator.Enrol(world, app.Pool, "ana");
        var bobs = await Authenticator.Enrol(world, app.Pool, "bob");
        var begun = new List<string>();
        for (var i = 0; i < sessions; i++) begun.Add(MfaPools.SessionOf(await app.Password("ana")));
        var near = Enumerable.Range(-2, 5).Select(authenticator.Code).ToHashSet();
        var codes = Enumerable.Range(0, guesses + near.Count).Select(number => $"{number * 7:D6}")
            .Where(code => !near.Contains(code)).ToList();

        var answers = await world.Burst(guesses, "RespondToAuthChallenge", i => new
        {
            app.Pool.ClientId,
            ChallengeName = "SOFTWARE_TOKEN_MFA",
            Session = begun[i % sessions],
            ChallengeResponses = new { USERNAME = "ana", SOFTWARE_TOKEN_MFA_CODE = codes[i] },
        });

        // What was not looked at was told so: the user's limit, or the sign-in's.
        Assert.Equal(Limit, answers["CodeMismatchException"]);
        Assert.Equal(
            guesses - Limit,
            answers["TooManyRequestsException"] + answers.GetValueOrDefault("NotAuthorizedException"));
        var fresh = MfaPools.SessionOf(await app.Password("ana"));
        Assert.Equal(TooMany, TestApp.Outcome(await ByApp(app, fresh, authenticator.Code())));
        // Nobody else is kept out, and nobody for long.
        var theirs = MfaPools.SessionOf(await app.Password("bob"));
        Assert.Equal("tokens", TestApp.Outcome(await ByApp(app, theirs, bobs.Code(), "bob")));
        world.Clock.Advance(TimeSpan.FromHours(1));
        fresh = MfaPools.SessionOf(await app.Password("ana"));
        Assert.Equal("tokens", TestApp.Outcome(await ByApp(app, fresh, authenticator.Code())));
    }

    /// <summary>Another session of the same sign-in, as flows with several steps hand them out.</summary>
    private static async Task<string> Again(World world, TestPool pool, string session)
    {
        var sessions = world.Get<ChallengeSessions>();
        var client = await world.Get<ClientStore>().Get(pool.Id, pool.ClientId, CancellationToken.None);
        var opened = sessions.Open(session, client, "SMS_MFA", world.Clock.GetUtcNow());
        var user = await world.Get<UserStore>().FindBySub(pool.Id, opened.Sub, CancellationToken.None);
        return sessions.Begin(client, user!, opened.Progress, opened.Pending, world.Clock.GetUtcNow());
    }

    private static async Task<string> Chosen(TestApp app, string factor)
    {
        var choice = await app.Password("ana");
        return MfaPools.SessionOf(await app.Answer(
            "SELECT_MFA_TYPE", MfaPools.SessionOf(choice), ("USERNAME", "ana"), ("ANSWER", factor)));
    }

    private static Task<Answer> BySms(TestApp app, string session, string code) =>
        app.Answer("SMS_MFA", session, ("USERNAME", "ana"), ("SMS_MFA_CODE", code));

    private static Task<Answer> ByApp(TestApp app, string session, string code, string username = "ana") =>
        app.Answer(
            "SOFTWARE_TOKEN_MFA", session, ("USERNAME", username), ("SOFTWARE_TOKEN_MFA_CODE", code));
}
