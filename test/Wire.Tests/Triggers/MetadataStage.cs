using System.Text.Json.Nodes;
using Lifeguard.Wire.Tests.ResourceServers;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.Triggers;

/// <summary>A pool with every trigger, and the calls that <see cref="MetadataTests"/> are about.</summary>
internal sealed class MetadataStage
{
    private const string Echo = "arn:aws:lambda:us-east-1:000000000000:function:echo";
    private const string Phone = "+15551230000";

    private static readonly object Sent = new { ClientMetadata = new { ticket = "given" } };

    private static readonly object SentBoth = new
    {
        ClientMetadata = new { ticket = "given" },
        ValidationData = Calls.Attributes("plan=given"),
    };

    private static readonly object Senders = new
    {
        CustomEmailSender = new { LambdaVersion = "V1_0", LambdaArn = Echo },
        CustomSMSSender = new { LambdaVersion = "V1_0", LambdaArn = Echo },
        KMSKeyID = SenderPools.Key,
    };

    private readonly World world;
    private readonly TestPool pool;

    private MetadataStage(World world, TestPool pool) => (this.world, this.pool) = (world, pool);

    public static async Task<MetadataStage> Set(World world, bool hasSenders = false)
    {
        world.Triggers.On(Echo, _ => { });
        world.Riddles();
        world.Knows("cleo", """{"userAttributes":{"email":"cleo@example.com","email_verified":"true"}}""");
        string[] flows =
        [
            "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
        ];
        var pool = await TestPool.Create(
            world,
            Calls.Merge(
                MfaPools.Sms("OPTIONAL"),
                new
                {
                    AutoVerifiedAttributes = new[] { "email" },
                    LambdaConfig = Calls.Merge(EveryTrigger(), hasSenders ? Senders : null),
                }),
            new { ExplicitAuthFlows = flows });
        await pool.ConfirmedUser("ana", email: "ana@example.com", phone: Phone);
        return new(world, pool);
    }

    /// <summary>What must have happened before, and then the call itself.</summary>
    public Task<Func<Task<Answer>>> Prepare(string call) => call switch
    {
        "SignUp" => Ready(() => world.SignUp(pool, "ben", "email=ben@example.com", SentBoth)),
        "SignUp that confirms" => Confirming(),
        "ConfirmSignUp" => SignedUp(() => world.Public(
            pool, "ConfirmSignUp", "ben", Calls.Merge(Sent, new { ConfirmationCode = pool.LastCode() }))),
        "AdminConfirmSignUp" => SignedUp(() => world.Admin(pool, call, "ben", Sent)),
        "ResendConfirmationCode" => SignedUp(() => world.Public(pool, call, "ben", Sent)),
        "AdminCreateUser" => Ready(() => Create(SentBoth)),
        "AdminCreateUser RESEND" => After(
            () => Create(null), () => Create(Calls.Merge(SentBoth, new { MessageAction = "RESEND" }))),
        "ForgotPassword" => Ready(() => world.Public(pool, call, "ana", Sent)),
        "ForgotPassword of somebody elsewhere" => Ready(
            () => world.Public(pool, "ForgotPassword", "cleo", Sent)),
        "ConfirmForgotPassword" => After(
            () => world.Public(pool, "ForgotPassword", "ana"),
            () => world.Public(pool, call, "ana", Calls.Merge(
                Sent, new { ConfirmationCode = pool.LastCode(), Password = "New-1234!" }))),
        "AdminResetUserPassword" => Ready(() => world.Admin(pool, call, "ana", Sent)),
        "AdminUpdateUserAttributes" => Ready(() => world.Admin(pool, call, "ana", NewAddress())),
        "UpdateUserAttributes" => AsUser(token => world.Own(token, call, NewAddress())),
        "GetUserAttributeVerificationCode" => AsUser(
            token => world.Own(token, call, Calls.Merge(Sent, new { AttributeName = "email" }))),
        "GetTokensFromRefreshToken" => Refreshing(token => world.Refresh(pool, token, Sent)),
        "InitiateAuth by refresh token" => Refreshing(
            token => Begin("InitiateAuth", "REFRESH_TOKEN_AUTH", new { REFRESH_TOKEN = token })),
        "GetClientToken" => Machine(),
        _ => PrepareSignIn(call),
    };

    private Task<Func<Task<Answer>>> PrepareSignIn(string call) => call switch
    {
        "InitiateAuth" => Ready(() => Password("InitiateAuth", "ana")),
        "AdminInitiateAuth" => Ready(() => Password("AdminInitiateAuth", "ana")),
        "InitiateAuth of somebody elsewhere" => Ready(() => Password("InitiateAuth", "cleo")),
        "InitiateAuth that sends a code" => After(SwitchSmsOn, () => Password("InitiateAuth", "ana")),
        "InitiateAuth by custom challenges" => Ready(
            () => Begin("InitiateAuth", "CUSTOM_AUTH", new { USERNAME = "ana" })),
        "RespondToAuthChallenge" or "AdminRespondToAuthChallenge" => Challenged(
            SwitchSmsOn,
            () => Password("InitiateAuth", "ana"),
            challenge => Answer(
                call, "SMS_MFA", challenge,
                new { USERNAME = "ana", SMS_MFA_CODE = world.LastSmsCode() })),
        "RespondToAuthChallenge that sends a code" or "AdminRespondToAuthChallenge that sends a code" =>
            Challenged(
                MakeTemporaryWithSms,
                () => Password("InitiateAuth", "ana"),
                challenge => Answer(call.Split(' ')[0], "NEW_PASSWORD_REQUIRED", challenge, NewPassword)),
        "RespondToAuthChallenge with a new password" => Challenged(
            MakeTemporary,
            () => Password("InitiateAuth", "ana"),
            challenge => Answer(call.Split(' ')[0], "NEW_PASSWORD_REQUIRED", challenge, NewPassword)),
        "RespondToAuthChallenge to a custom challenge" => Riddled(call, "blue"),
        "AdminRespondToAuthChallenge to a custom challenge" => Riddled(call, "green"),
        _ => throw new ArgumentException(call),
    };

    private static object EveryTrigger() => new
    {
        PreSignUp = Echo,
        CustomMessage = Echo,
        PostConfirmation = Echo,
        PreAuthentication = Echo,
        PostAuthentication = Echo,
        UserMigration = MigrationPools.Arn,
        DefineAuthChallenge = ChallengePools.DefineArn,
        CreateAuthChallenge = ChallengePools.CreateArn,
        VerifyAuthChallengeResponse = ChallengePools.VerifyArn,
        PreTokenGenerationConfig = new { LambdaVersion = "V3_0", LambdaArn = Echo },
    };

    private static object NewPassword => new { USERNAME = "ana", NEW_PASSWORD = "New-1234!" };

    private static JsonObject NewAddress() =>
        Calls.Merge(Sent, new { UserAttributes = Calls.Attributes("email=new@example.com") });

    private static Task<Func<Task<Answer>>> Ready(Func<Task<Answer>> call) => Task.FromResult(call);

    private static async Task<Func<Task<Answer>>> After(Func<Task<Answer>> before, Func<Task<Answer>> call)
    {
        var answer = await before();
        return answer.IsSuccess ? call : throw new InvalidOperationException(answer.ToString());
    }

    private Task<Func<Task<Answer>>> SignedUp(Func<Task<Answer>> call) =>
        After(() => world.SignUp(pool, "ben", "email=ben@example.com"), call);

    private Task<Func<Task<Answer>>> Confirming()
    {
        world.Triggers.On(Echo, input =>
        {
            if (input["triggerSource"]!.GetValue<string>() == "PreSignUp_SignUp")
                input["response"]!["autoConfirmUser"] = true;
        });
        return Ready(() => world.SignUp(pool, "ben", "email=ben@example.com", SentBoth));
    }

    private Task<Answer> Create(object? more) => world.Admin(pool, "AdminCreateUser", "ben", Calls.Merge(
        new
        {
            UserAttributes = Calls.Attributes("email=ben@example.com"),
            DesiredDeliveryMediums = new[] { "EMAIL" },
        },
        more));

    private async Task<Func<Task<Answer>>> AsUser(Func<string, Task<Answer>> call)
    {
        var token = await pool.AccessTokenOf("ana");
        return () => call(token);
    }

    private async Task<Func<Task<Answer>>> Refreshing(Func<string, Task<Answer>> call)
    {
        var tokens = await new TestApp(world, pool).SignedIn("ana");
        return () => call(tokens.Refresh!);
    }

    private async Task<Func<Task<Answer>>> Machine()
    {
        await world.Must("CreateResourceServer", ServerCalls.Request(pool, "moons", "read"));
        var machine = await pool.AnotherClient(new
        {
            GenerateSecret = true,
            ExplicitAuthFlows = new[] { "ALLOW_CLIENT_TOKEN_AUTH" },
            AllowedOAuthScopes = new[] { "moons/read" },
        });
        return () => world.Call(
            "GetClientToken", Calls.Merge(Sent, new { machine.ClientId, Secret = machine.ClientSecret }));
    }

    private static async Task<Func<Task<Answer>>> Challenged(
        Func<Task<Answer>> before, Func<Task<Answer>> begin, Func<Answer, Task<Answer>> answer)
    {
        await before();
        var challenge = await begin();
        return () => answer(challenge);
    }

    private Task<Func<Task<Answer>>> Riddled(string call, string guess) => Challenged(
        () => Task.FromResult(new Answer(200, null, null, null)),
        () => Begin("InitiateAuth", "CUSTOM_AUTH", new { USERNAME = "ana" }),
        challenge => Answer(
            call.Split(' ')[0], "CUSTOM_CHALLENGE", challenge, new { USERNAME = "ana", ANSWER = guess }));

    private Task<Answer> Password(string operation, string name) => Begin(
        operation,
        operation == "InitiateAuth" ? "USER_PASSWORD_AUTH" : "ADMIN_USER_PASSWORD_AUTH",
        new { USERNAME = name, PASSWORD = TestPool.Password });

    // Public operations ignore the pool's id.
    private Task<Answer> Begin(string operation, string flow, object parameters) => world.Call(
        operation,
        Calls.Merge(Sent, new
        {
            UserPoolId = pool.Id,
            pool.ClientId,
            AuthFlow = flow,
            AuthParameters = parameters,
        }));

    private Task<Answer> Answer(string operation, string challenge, Answer posed, object responses) =>
        world.Call(operation, Calls.Merge(Sent, new
        {
            UserPoolId = pool.Id,
            pool.ClientId,
            ChallengeName = challenge,
            Session = MfaPools.SessionOf(posed),
            ChallengeResponses = responses,
        }));

    private Task<Answer> SwitchSmsOn() => world.Admin(
        pool, "AdminSetUserMFAPreference", "ana",
        new { SMSMfaSettings = new { Enabled = true, PreferredMfa = true } });

    private Task<Answer> MakeTemporary() => world.Admin(
        pool, "AdminSetUserPassword", "ana", new { TestPool.Password, Permanent = false });

    private async Task<Answer> MakeTemporaryWithSms()
    {
        await SwitchSmsOn();
        return await MakeTemporary();
    }
}
