using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Sign-ins and tokens of every kind, each waiting for the one right answer that ends it
/// well.</summary>
internal sealed class BegunSignIns(World world, TestPool pool)
{
    private static readonly string[] Names = ["ana", "new", "sms", "app", "two", "dev"];

    private readonly TestApp app = new(world, pool);
    private readonly ChoiceApp choice = new(world, pool);
    private Authenticator apps = null!;
    private TestDevice device = null!;

    /// <summary>What waits, and the answer, sent through any pool's client.</summary>
    public sealed record Begun(string Kind, Func<TestPool, Task<Answer>> Finish);

    /// <summary>A pool with everything, and its users.</summary>
    public static async Task<BegunSignIns> In(World world)
    {
        string[] flows = [.. PasskeyPools.Flows, "ALLOW_CUSTOM_AUTH"];
        string[] first = ["PASSWORD", "EMAIL_OTP", "SMS_OTP"];
        var policies = new { Policies = new { SignInPolicy = new { AllowedFirstAuthFactors = first } } };
        world.Riddles();
        var pool = await MfaPools.Create(
            world,
            "OPTIONAL",
            "ste",
            Calls.Merge(Calls.Merge(policies, ChallengePools.Settings), DevicePools.Settings()),
            new { ExplicitAuthFlows = flows });
        var begun = new BegunSignIns(world, pool);
        await begun.CreateUsers();
        return begun;
    }

    public TestPool Pool => pool;

    /// <summary>All of them, with their factors.</summary>
    public async Task CreateUsers()
    {
        foreach (var name in Names.Except(["new"]))
        {
            await pool.ConfirmedUser(name, $"{name}@example.com", "+15551230000");
            if (name is "sms" or "two") await Prefer(name, new { SMSMfaSettings = new { Enabled = true } });
            if (name is "two") await Prefer(name, new { EmailMfaSettings = new { Enabled = true } });
        }

        await pool.InvitedUser("new", "new@example.com");
        apps = await Authenticator.Enrol(world, pool, "app");
        device = await TestDevice.Confirmed(world, app, "dev");
    }

    /// <summary>Something that an administrator does to each.</summary>
    public async Task ForEach(string operation)
    {
        foreach (var name in Names)
            await world.Must(operation, new { UserPoolId = pool.Id, Username = name });
    }

    /// <summary>Begins one of each kind.</summary>
    /// <param name="withTokens">And gets refresh tokens.</param>
    public async Task<IReadOnlyList<Begun>> Begin(bool withTokens = true) =>
    [
        .. await FirstFactors(), .. await SecondFactors(), .. await Devices(),
        .. withTokens ? await Tokens() : [],
    ];

    /// <summary>The kinds of those that end well.</summary>
    public static async Task<IReadOnlyList<string>> Succeeding(IEnumerable<Begun> all, TestPool through)
    {
        var kinds = new List<string>();
        foreach (var each in all)
        {
            if ((await each.Finish(through)).IsSuccess) kinds.Add(each.Kind);
        }

        return kinds;
    }

    private async Task<IReadOnlyList<Begun>> FirstFactors()
    {
        var srp = new SrpClient();
        var proof = await app.StartSrp("ana", srp.PublicHex);
        var (select, password) = (await choice.Start("ana"), await choice.Start("ana", "PASSWORD"));
        var riddle = await app.Start("CUSTOM_AUTH", ("USERNAME", "ana"));
        var mailed = await choice.Start("ana", "EMAIL_OTP");
        var mail = ("EMAIL_OTP_CODE", world.LastEmailCode());
        var texted = await choice.Start("ana", "SMS_OTP");
        var text = ("SMS_OTP_CODE", world.LastSmsCode());
        return
        [
            new("PASSWORD_VERIFIER", through => new TestApp(world, through).Answer(
                "PASSWORD_VERIFIER", null, app.Proof(proof, srp))),
            Waiting("SELECT_CHALLENGE", "ana", select, ("ANSWER", "PASSWORD"), Right),
            Waiting("PASSWORD", "ana", password, Right),
            Waiting("CUSTOM_CHALLENGE", "ana", riddle, ("ANSWER", "green")),
            Waiting("EMAIL_OTP", "ana", mailed, mail),
            Waiting("SMS_OTP", "ana", texted, text),
        ];
    }

    private async Task<IReadOnlyList<Begun>> SecondFactors()
    {
        var (temporary, two) = (await app.Password("new"), await app.Password("two"));
        var texted = await app.Password("sms");
        var code = ("SMS_MFA_CODE", world.LastSmsCode());
        var shown = await app.Password("app");
        return
        [
            Waiting("NEW_PASSWORD_REQUIRED", "new", temporary, ("NEW_PASSWORD", "New-1234!")),
            Waiting("SMS_MFA", "sms", texted, code),
            Waiting("SELECT_MFA_TYPE", "two", two, ("ANSWER", "SMS_MFA")),
            new("SOFTWARE_TOKEN_MFA", through => Waiting(
                "SOFTWARE_TOKEN_MFA", "app", shown, ("SOFTWARE_TOKEN_MFA_CODE", apps.Code()))
                .Finish(through)),
        ];
    }

    private async Task<IReadOnlyList<Begun>> Devices()
    {
        var srp = new SrpClient();
        var begun = await device.SignIn(app, "dev");
        var verifier = await device.Begin(app, await device.SignIn(app, "dev"), srp, "dev");
        return
        [
            Waiting("DEVICE_SRP_AUTH", "dev", begun, ("DEVICE_KEY", device.Key), ("SRP_A", srp.PublicHex)),
            new("DEVICE_PASSWORD_VERIFIER", through => new TestApp(world, through).Answer(
                "DEVICE_PASSWORD_VERIFIER",
                MfaPools.SessionOf(verifier),
                device.Proof(verifier, srp, "dev"))),
        ];
    }

    private async Task<IReadOnlyList<Begun>> Tokens()
    {
        var signedIn = await app.Password("ana");
        var (token, key) = (TestTokens.Of(signedIn).Refresh!, TestDevice.Of(world, signedIn).Key);
        return
        [
            new("REFRESH_TOKEN_AUTH", through => new TestApp(world, through).Start(
                "REFRESH_TOKEN_AUTH", ("REFRESH_TOKEN", token), ("DEVICE_KEY", key))),
            new("GetTokensFromRefreshToken", through => world.Refresh(
                through, token, new { DeviceKey = key })),
        ];
    }

    private static (string Name, string Value) Right => ("PASSWORD", TestPool.Password);

    private Begun Waiting(
        string kind, string username, Answer posed, params (string Name, string Value)[] responses)
    {
        if (TestApp.Outcome(posed) != kind) throw new InvalidOperationException($"{kind}: {posed}");
        return new(kind, through => new TestApp(world, through).Answer(
            kind, MfaPools.SessionOf(posed), [("USERNAME", username), .. responses]));
    }

    private Task<Answer> Prefer(string username, object settings) => world.Must(
        "AdminSetUserMFAPreference",
        Calls.Merge(new { UserPoolId = pool.Id, Username = username }, settings));
}
