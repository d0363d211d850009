using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>A pool with every trigger, all of which let things pass, and the user ana.</summary>
internal sealed class TriggeredPool(World world, TestPool pool)
{
    /// <summary>The triggers that a test can spoil, by the names of errors.</summary>
    private static readonly string[] Simple =
        ["PreSignUp", "CustomMessage", "PostConfirmation", "PreAuthentication", "PostAuthentication"];

    public World World => world;

    public TestPool Pool => pool;

    /// <summary>An application without a server.</summary>
    public TestApp App { get; } = new(world, pool);

    /// <summary>A server that signs its users in.</summary>
    public TestApp Server { get; } = new(world, pool, byAdministrator: true);

    /// <summary>The function behind a trigger.</summary>
    public static string ArnOf(string trigger) => trigger switch
    {
        "DefineAuthChallenge" => ChallengePools.DefineArn,
        "CreateAuthChallenge" => ChallengePools.CreateArn,
        "VerifyAuthChallengeResponse" => ChallengePools.VerifyArn,
        _ => $"arn:aws:lambda:us-east-1:000000000000:function:{trigger}",
    };

    public static async Task<TriggeredPool> Create(World world)
    {
        foreach (var trigger in Simple) world.Triggers.On(ArnOf(trigger), _ => { });
        string[] flows =
        [
            "ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
        ];
        var pool = await TestPool.Create(
            world,
            Calls.Merge(MfaPools.Sms("OPTIONAL"), new
            {
                AutoVerifiedAttributes = (string[])["email"],
                LambdaConfig = Simple.Concat(
                    ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"])
                    .ToDictionary(trigger => trigger, ArnOf),
            }),
            new { ExplicitAuthFlows = flows });
        world.Riddles();
        await pool.ConfirmedUser("ana", "ana@example.com", "+15551230000");
        return new(world, pool);
    }

    public Task<Answer> SignUp(string name) => world.SignUp(pool, name, $"email={name}@example.com");

    public Task<Answer> Invite(string name, string? action = null) => world.Call("AdminCreateUser", new
    {
        UserPoolId = pool.Id,
        Username = name,
        TemporaryPassword = TestPool.Password,
        DesiredDeliveryMediums = (string[])["EMAIL"],
        MessageAction = action,
        UserAttributes = action is null
            ? Calls.Attributes(
                $"email={name}@example.com;email_verified=true;phone_number=+15551230001;"
                + "phone_number_verified=true")
            : [],
    });

    public Task<Answer> Public(string operation, string name, object? more = null) =>
        world.Public(pool, operation, name, more);

    public Task<Answer> Admin(string operation, string name, object? more = null) =>
        world.Admin(pool, operation, name, more);

    public Task<Answer> StartRiddles(TestApp? app = null) =>
        (app ?? App).Start("CUSTOM_AUTH", ("USERNAME", "ana"));

    /// <summary>Sign-ins of this user take a code by SMS.</summary>
    public Task AskForCode(string name) => world.Must("AdminSetUserMFAPreference", new
    {
        UserPoolId = pool.Id,
        Username = name,
        SMSMfaSettings = new { Enabled = true, PreferredMfa = true },
    });

    /// <summary>Users who sign up need no code.</summary>
    public void ConfirmAtOnce() => world.Triggers.On(
        ArnOf("PreSignUp"), input => input["response"]!["autoConfirmUser"] = true);

    /// <summary>The function lets everything pass again.</summary>
    public void Mend(string trigger)
    {
        if (Simple.Contains(trigger)) world.Triggers.On(ArnOf(trigger), _ => { });
        else world.Riddles();
    }
}
