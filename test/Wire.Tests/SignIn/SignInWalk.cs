using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Domain;
using Lifeguard.Domain.Mfa;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Totp;
using Lifeguard.Storage;
using Lifeguard.Worlds;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>A user's way through a sign-in, with the right answer to everything.</summary>
internal sealed class SignInWalk(World world, TestPool pool, SignInCase given, int number)
{
    private static readonly byte[] Secret =
        [.. Enumerable.Range(1, TotpCode.SecretLength).Select(each => (byte)each)];

    // The triggers go by the name.
    private readonly string username = (given.Flow == "CUSTOM_AUTH asking" ? "asked-" : "user-") + number;
    private readonly SrpClient srp = new();
    private Authenticator authenticator = new(world, Base32.Encode(Secret));
    private TestDevice? device;
    private string? refreshToken;

    /// <summary>A pool whose users may begin every flow that its second factors allow, and whose remembered
    /// devices stand in for these.</summary>
    /// <param name="hides">ENABLED where the client does not tell who exists.</param>
    public static Task<TestPool> PoolOf(World world, SignInCase given, string hides = "LEGACY")
    {
        // The service allows no codes to begin with where a second factor is demanded.
        string[] first =
        [
            "PASSWORD",
            .. given.Mfa == "ON" ? (string[])[] : ["EMAIL_OTP"],
            .. given.Mfa == "ON" || !given.Offers.Contains('s') ? (string[])[] : ["SMS_OTP"],
        ];
        var policies = new { Policies = new { SignInPolicy = new { AllowedFirstAuthFactors = first } } };
        string[] flows = [.. PasskeyPools.Flows, "ALLOW_CUSTOM_AUTH"];
        return MfaPools.Create(
            world,
            given.Mfa,
            given.Offers,
            Calls.Merge(Calls.Merge(policies, ChallengePools.Settings), DevicePools.Settings()),
            new { ExplicitAuthFlows = flows, PreventUserExistenceErrors = hides });
    }

    /// <summary>Triggers that let everybody in, some after one challenge or the password.</summary>
    public static void LetTriggersDecide(World world)
    {
        world.Riddles();
        world.Triggers.On(ChallengePools.DefineArn, input =>
        {
            var name = input["userName"]!.GetValue<string>();
            var past = ChallengePools.Past(input);
            if (past is ["SRP_A+"])
                input["response"]!["challengeName"] = "PASSWORD_VERIFIER";
            else if (name.StartsWith("asked-", StringComparison.Ordinal)
                && past is not ["CUSTOM_CHALLENGE+"])
                input["response"]!["challengeName"] = "CUSTOM_CHALLENGE";
            else
                input["response"]!["issueTokens"] = true;
        });
    }

    /// <summary>Creates the user, and signs in.</summary>
    public async Task<string> Go()
    {
        await Create();
        var way = new List<string>();
        await Walk(given.Flow, way);
        return string.Join(" > ", way);
    }

    private async Task Create()
    {
        var attributes = (given.Has.Contains('s') ? "phone_number=+15551230000;" : "")
            + (given.Has.Contains('e') ? "email=ana@example.com" : "");
        await Must("AdminCreateUser", new
        {
            UserPoolId = pool.Id,
            Username = username,
            TemporaryPassword = TestPool.Password,
            MessageAction = "SUPPRESS",
            UserAttributes = Calls.Attributes(attributes),
        });
        var isKnown = given.Flow == "REFRESH_TOKEN_AUTH" || given.State == "REMEMBERED";
        var status = given.State is "DISABLED" or "REMEMBERED" ? "CONFIRMED" : given.State;
        await Keep(isKnown ? "CONFIRMED" : status);
        if (isKnown) await SignInBefore();
        if (isKnown) await world.SetStatus(pool.Id, username, status);
        if (given.State == "DISABLED")
            await Must("AdminDisableUser", new { UserPoolId = pool.Id, Username = username });
    }

    private async Task Keep(string status)
    {
        var stored = await world.Get<PoolStore>().Get(pool.Id, CancellationToken.None);
        var user = await world.Get<ResolveUser>().Get(stored, username, CancellationToken.None);
        user = user with { Status = status, Mfa = Preference(given.On) };
        var token = new SoftwareToken { PoolId = pool.Id, Sub = user.Sub, Verified = Secret };
        await world.Database.Write(
            async transaction =>
            {
                await world.Get<UserStore>().Update(transaction, user, stored, CancellationToken.None);
                if (given.Has.Contains('t'))
                    await world.Get<SoftwareTokenStore>().Save(transaction, token, CancellationToken.None);
            },
            CancellationToken.None);
    }

    /// <summary>For a refresh token and a device: the triggers let the user in, whatever the
    /// factors.</summary>
    private async Task SignInBefore()
    {
        var signedIn = await Walk("CUSTOM_AUTH", []);
        var tokens = TestTokens.Of(signedIn);
        refreshToken = tokens.Refresh;
        device = TestDevice.Of(world, signedIn);
        if (given.State != "REMEMBERED") return;
        await Must(
            "ConfirmDevice",
            new
            {
                AccessToken = tokens.Access,
                DeviceKey = device.Key,
                DeviceSecretVerifierConfig = device.Secret,
            });
    }

    private async Task<Answer> Walk(string flow, List<string> way)
    {
        var answer = await Begin(flow);
        for (var step = 0; step < 8; step++)
        {
            var challenge = answer["ChallengeName"]?.GetValue<string>();
            if (challenge != "PASSWORD_VERIFIER") way.Add(Seen(answer));
            if (challenge is null) break;
            answer = await Reply(challenge, answer);
        }

        return answer;
    }

    private static string Seen(Answer answer) => (answer.Code, TestApp.Outcome(answer)) switch
    {
        ("NotAuthorizedException", var text) => text,
        (not null, _) => answer.Code,
        (_, "SELECT_CHALLENGE") => $"SELECT_CHALLENGE of {ChoiceApp.Offered(answer)}",
        (_, var outcome) => outcome,
    };

    private Task<Answer> Begin(string flow)
    {
        var (name, preferred) = flow.Split(' ') is [var first, var second] ? (first, second) : (flow, null);
        var parameters = new Dictionary<string, string> { ["USERNAME"] = username };
        if (device is not null) parameters["DEVICE_KEY"] = device.Key;
        switch (name)
        {
            case "REFRESH_TOKEN_AUTH":
                parameters["REFRESH_TOKEN"] = refreshToken!;
                break;
            case "USER_PASSWORD_AUTH" or "ADMIN_USER_PASSWORD_AUTH":
                parameters["PASSWORD"] = TestPool.Password;
                break;
            case "USER_SRP_AUTH" or "CUSTOM_AUTH" when name != "CUSTOM_AUTH" || preferred == "SRP":
                parameters["SRP_A"] = srp.PublicHex;
                break;
            case "USER_AUTH" when preferred is not null:
                parameters["PREFERRED_CHALLENGE"] = preferred;
                if (preferred == "PASSWORD") parameters["PASSWORD"] = TestPool.Password;
                if (preferred == "PASSWORD_SRP") parameters["SRP_A"] = srp.PublicHex;
                break;
        }

        return name.StartsWith("ADMIN", StringComparison.Ordinal)
            ? Send("AdminInitiateAuth", new
            {
                UserPoolId = pool.Id,
                pool.ClientId,
                AuthFlow = name,
                AuthParameters = parameters,
            })
            : Send("InitiateAuth", new { pool.ClientId, AuthFlow = name, AuthParameters = parameters });
    }

    private Task<Answer> Reply(string challenge, Answer posed)
    {
        var session = posed["Session"]?.GetValue<string>();
        return challenge switch
        {
            "PASSWORD" => Respond(challenge, session, ("PASSWORD", TestPool.Password)),
            "PASSWORD_VERIFIER" =>
                Respond(challenge, session, new TestApp(world, pool).Proof(posed, srp)),
            "NEW_PASSWORD_REQUIRED" => Respond(challenge, session, ("NEW_PASSWORD", "New-1234!")),
            "SMS_MFA" or "SMS_OTP" => Respond(challenge, session, ($"{challenge}_CODE", world.LastSmsCode())),
            "EMAIL_OTP" => Respond(challenge, session, ("EMAIL_OTP_CODE", world.LastEmailCode())),
            "SOFTWARE_TOKEN_MFA" => Respond(
                challenge, session, ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code())),
            "CUSTOM_CHALLENGE" => Respond(challenge, session, ("ANSWER", "green")),
            "SELECT_CHALLENGE" => Respond(
                challenge, session, ("ANSWER", ChoiceApp.Offered(posed).Split(' ')[^1])),
            "SELECT_MFA_TYPE" => Respond(
                challenge, session, ("ANSWER", Listed(posed, "MFAS_CAN_CHOOSE")[^1])),
            "DEVICE_SRP_AUTH" => Respond(
                challenge, session, ("DEVICE_KEY", device!.Key), ("SRP_A", srp.PublicHex)),
            "DEVICE_PASSWORD_VERIFIER" => Respond(
                challenge, session, device!.Proof(posed, srp, username)),
            _ => SetUp(session!, Listed(posed, "MFAS_CAN_SETUP")[0]),
        };
    }

    private async Task<Answer> SetUp(string session, string factor)
    {
        if (factor == "SMS_MFA")
            return await Respond("MFA_SETUP", session, ("PHONE_NUMBER", "+15559990000"));
        if (factor == "EMAIL_OTP")
            return await Respond("MFA_SETUP", session, ("EMAIL", "new@example.com"));
        var associated = await Must("AssociateSoftwareToken", new { Session = session });
        authenticator = new(world, associated["SecretCode"]!.GetValue<string>());
        var verified = await Must(
            "VerifySoftwareToken",
            new { Session = MfaPools.SessionOf(associated), UserCode = authenticator.Code() });
        return await Respond("MFA_SETUP", MfaPools.SessionOf(verified));
    }

    private Task<Answer> Respond(
        string challenge, string? session, params (string Name, string Value)[] responses) =>
        Send("RespondToAuthChallenge", new
        {
            pool.ClientId,
            ChallengeName = challenge,
            Session = session,
            ChallengeResponses = responses.Append(("USERNAME", username)).DistinctBy(pair => pair.Item1)
                .ToDictionary(pair => pair.Item1, pair => pair.Item2),
        });

    private async Task<Answer> Must(string operation, object request)
    {
        var answer = await Send(operation, request);
        return answer.IsSuccess
            ? answer
            : throw new InvalidOperationException($"{given}: {operation} was refused: {answer}");
    }

    /// <summary>Without a transcript, which would look at every row before and after.</summary>
    private async Task<Answer> Send(string operation, object request)
    {
        var answer = await world.Send(operation, JsonSerializer.Serialize(request));
        await world.Get<MessageDelivery>().Idle();
        return answer;
    }

    private static MfaPreference Preference(string on) => new(
        [.. on.Select(letter => SignInTable.Name(char.ToLowerInvariant(letter)))],
        on.Where(char.IsUpper)
            .Select(letter => SignInTable.Name(char.ToLowerInvariant(letter)))
            .FirstOrDefault());

    private static string[] Listed(Answer posed, string parameter) =>
        [.. JsonNode.Parse(posed["ChallengeParameters"]![parameter]!.GetValue<string>())!.AsArray()
            .Select(each => each!.GetValue<string>())];
}
