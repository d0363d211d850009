using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>A call that asks a trigger.</summary>
/// <param name="Trigger">As errors name it.</param>
/// <param name="Name">The operation, and what tells this call of it from others.</param>
/// <param name="Prepare">Brings about what leads up to the call, which it returns.</param>
internal sealed record TriggeredCall(
    string Trigger, string Name, Func<TriggeredPool, Task<Func<Task<Answer>>>> Prepare)
{
    /// <summary>The kinds of rows that stay although the function has failed: by the service's own order of
    /// things the change comes before the function (doc). Empty for none.</summary>
    public string Stays { get; init; } = "";

    /// <summary>Where nothing stays the call can be made again.</summary>
    public bool CanBeRepeated => Stays.Length == 0;

    /// <summary>An answer that was judged is used up whatever follows, so that nobody can guess twice: the
    /// sign-in begins anew, and nothing else is lost.</summary>
    public bool CanBeginAnew => Stays == UsedUp;

    private const string UsedUp = "+spent";

    /// <summary>Every call of every trigger.</summary>
    public static IReadOnlyList<TriggeredCall> All { get; } =
    [
        .. BeforeUsers(), .. Messages(), .. SignInMessages(), .. Confirmations(), .. SignIns(),
        .. Challenges(),
    ];

    private static IEnumerable<TriggeredCall> BeforeUsers() =>
    [
        new("PreSignUp", "SignUp", pool => Now(() => pool.SignUp("new"))),
        new("PreSignUp", "AdminCreateUser", pool => Now(() => pool.Invite("new"))),
    ];

    private static IEnumerable<TriggeredCall> Messages() =>
    [
        new("CustomMessage", "SignUp", pool => Now(() => pool.SignUp("new")))
        {
            Stays = "+users",
        },
        new("CustomMessage", "ResendConfirmationCode", async pool =>
        {
            await pool.SignUp("ben");
            return () => pool.Public("ResendConfirmationCode", "ben");
        }),
        new("CustomMessage", "AdminCreateUser", pool => Now(() => pool.Invite("new"))),
        new("CustomMessage", "AdminCreateUser RESEND", async pool =>
        {
            await pool.Invite("ivy");
            return () => pool.Invite("ivy", "RESEND");
        }),
        new("CustomMessage", "ForgotPassword", pool => Now(() => pool.Public("ForgotPassword", "ana"))),
        new("CustomMessage", "AdminResetUserPassword",
            pool => Now(() => pool.Admin("AdminResetUserPassword", "ana"))),
        new("CustomMessage", "AdminUpdateUserAttributes", pool => Now(() => pool.Admin(
            "AdminUpdateUserAttributes", "ana",
            new { UserAttributes = Calls.Attributes("email=other@example.com") }))),
        new("CustomMessage", "UpdateUserAttributes", async pool =>
        {
            var token = await pool.Pool.AccessTokenOf("ana");
            return () => pool.World.Own(
                token, "UpdateUserAttributes",
                new { UserAttributes = Calls.Attributes("email=other@example.com") });
        }),
        new("CustomMessage", "GetUserAttributeVerificationCode", async pool =>
        {
            var token = await pool.Pool.AccessTokenOf("ana");
            return () => pool.World.Own(
                token, "GetUserAttributeVerificationCode", new { AttributeName = "email" });
        }),
    ];

    private static IEnumerable<TriggeredCall> SignInMessages() =>
    [
        new("CustomMessage", "InitiateAuth", async pool =>
        {
            await pool.AskForCode("ana");
            return () => pool.App.Password("ana");
        }),
        new("CustomMessage", "AdminInitiateAuth", async pool =>
        {
            await pool.AskForCode("ana");
            return () => pool.Server.Password("ana");
        }),
        new("CustomMessage", "RespondToAuthChallenge", async pool =>
        {
            await pool.AskForCode("ana");
            var srp = new SrpClient();
            var challenge = await pool.App.StartSrp("ana", srp.PublicHex);
            return () => pool.App.Prove(challenge, srp);
        })
        {
            Stays = UsedUp,
        },
        new("CustomMessage", "AdminRespondToAuthChallenge", async pool =>
        {
            await pool.Invite("ivy");
            await pool.AskForCode("ivy");
            var challenge = await pool.Server.Password("ivy");
            return () => pool.Server.Answer(
                "NEW_PASSWORD_REQUIRED", MfaPools.SessionOf(challenge),
                ("USERNAME", "ivy"), ("NEW_PASSWORD", "New-1234!"));
        }),
    ];

    private static IEnumerable<TriggeredCall> Confirmations() =>
    [
        new("PostConfirmation", "SignUp", pool =>
        {
            pool.ConfirmAtOnce();
            return Now(() => pool.SignUp("new"));
        })
        {
            Stays = "+users",
        },
        new("PostConfirmation", "ConfirmSignUp", async pool =>
        {
            await pool.SignUp("ben");
            var code = pool.Pool.LastCode();
            return () => pool.Public("ConfirmSignUp", "ben", new { ConfirmationCode = code });
        })
        {
            Stays = "+users -confirmation_code -users",
        },
        new("PostConfirmation", "AdminConfirmSignUp", async pool =>
        {
            await pool.SignUp("ben");
            return () => pool.Admin("AdminConfirmSignUp", "ben");
        })
        {
            Stays = "+users -confirmation_code -users",
        },
        new("PostConfirmation", "ConfirmForgotPassword", async pool =>
        {
            await pool.Public("ForgotPassword", "ana");
            var code = pool.Pool.LastCode();
            return () => pool.Public(
                "ConfirmForgotPassword", "ana", new { ConfirmationCode = code, Password = "New-1234!" });
        })
        {
            Stays = "+users -confirmation_code -users",
        },
    ];

    private static IEnumerable<TriggeredCall> SignIns() =>
    [
        new("PreAuthentication", "InitiateAuth", pool => Now(() => pool.App.Password("ana"))),
        new("PreAuthentication", "AdminInitiateAuth", pool => Now(() => pool.Server.Password("ana"))),
        new("PreAuthentication", "InitiateAuth SRP", pool => Now(
            () => pool.App.StartSrp("ana", new SrpClient().PublicHex))),
        new("PreAuthentication", "InitiateAuth CUSTOM_AUTH", pool => Now(() => pool.StartRiddles())),
        new("PostAuthentication", "InitiateAuth", pool => Now(() => pool.App.Password("ana"))),
        new("PostAuthentication", "AdminInitiateAuth", pool => Now(() => pool.Server.Password("ana"))),
        new("PostAuthentication", "RespondToAuthChallenge", async pool =>
        {
            await pool.Invite("ivy");
            var challenge = await pool.App.Password("ivy");
            return () => pool.App.Answer(
                "NEW_PASSWORD_REQUIRED", MfaPools.SessionOf(challenge),
                ("USERNAME", "ivy"), ("NEW_PASSWORD", "New-1234!"));
        })
        {
            Stays = "+spent +users -users",
        },
        new("PostAuthentication", "AdminRespondToAuthChallenge", async pool =>
        {
            var srp = new SrpClient();
            var challenge = await pool.Server.StartSrp("ana", srp.PublicHex);
            return () => pool.Server.Prove(challenge, srp);
        })
        {
            Stays = UsedUp,
        },
    ];

    private static IEnumerable<TriggeredCall> Challenges() =>
    [
        new("DefineAuthChallenge", "InitiateAuth", pool => Now(() => pool.StartRiddles())),
        new("DefineAuthChallenge", "AdminInitiateAuth", pool => Now(() => pool.StartRiddles(pool.Server))),
        Answering("DefineAuthChallenge", "RespondToAuthChallenge", "green"),
        new("CreateAuthChallenge", "InitiateAuth", pool => Now(() => pool.StartRiddles())),
        new("CreateAuthChallenge", "AdminInitiateAuth", pool => Now(() => pool.StartRiddles(pool.Server))),
        Answering("CreateAuthChallenge", "RespondToAuthChallenge", "blue"),
        Answering("VerifyAuthChallengeResponse", "RespondToAuthChallenge", "green"),
        Answering("VerifyAuthChallengeResponse", "AdminRespondToAuthChallenge", "green"),
    ];

    private static TriggeredCall Answering(string trigger, string operation, string answer) =>
        new(trigger, operation, async pool =>
        {
            var app = operation.StartsWith("Admin", StringComparison.Ordinal) ? pool.Server : pool.App;
            var challenge = await pool.StartRiddles(app);
            return () => app.Guess(challenge, answer);
        })
        {
            Stays = trigger == "VerifyAuthChallengeResponse" ? "" : UsedUp,
        };

    private static Task<Func<Task<Answer>>> Now(Func<Task<Answer>> call) => Task.FromResult(call);
}
