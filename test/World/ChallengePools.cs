using System.Text.Json.Nodes;

namespace Lifeguard.Worlds;

/// <summary>Pools whose triggers define sign-ins, and functions that do so.</summary>
public static class ChallengePools
{
    public const string DefineArn = "arn:aws:lambda:us-east-1:000000000000:function:define";
    public const string CreateArn = "arn:aws:lambda:us-east-1:000000000000:function:create";
    public const string VerifyArn = "arn:aws:lambda:us-east-1:000000000000:function:verify";

    /// <summary>Settings for <see cref="TestPool.Create"/>.</summary>
    public static object Settings => new
    {
        LambdaConfig = new
        {
            DefineAuthChallenge = DefineArn,
            CreateAuthChallenge = CreateArn,
            VerifyAuthChallengeResponse = VerifyArn,
        },
    };

    /// <summary>An application of such a pool, whose client may begin every flow, with the user ana. Three
    /// riddles are asked at most; the answer is always <c>green</c>.</summary>
    public static async Task<TestApp> Create(
        World world, object? settings = null, object? client = null, bool byAdministrator = false)
    {
        string[] flows =
        [
            "ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
        ];
        var pool = await TestPool.Create(
            world,
            Calls.Merge(Settings, settings),
            Calls.Merge(new { ExplicitAuthFlows = flows }, client));
        await pool.ConfirmedUser("ana");
        world.Riddles();
        return new TestApp(world, pool, byAdministrator);
    }

    /// <summary>The functions: the password first, where the client sends SRP_A; then riddles.</summary>
    public static void Riddles(this World world)
    {
        world.Triggers.On(DefineArn, input =>
        {
            var (past, response) = (Past(input), input["response"]!);
            if (past is ["SRP_A+"]) response["challengeName"] = "PASSWORD_VERIFIER";
            else if (past.Contains("CUSTOM_CHALLENGE+")) response["issueTokens"] = true;
            else if (past.Count(one => one == "CUSTOM_CHALLENGE-") == 3)
                response["failAuthentication"] = true;
            else response["challengeName"] = "CUSTOM_CHALLENGE";
        });
        world.Triggers.On(CreateArn, input =>
        {
            var response = input["response"]!;
            response["publicChallengeParameters"] = new JsonObject { ["riddle"] = "What is grass?" };
            response["privateChallengeParameters"] = new JsonObject { ["answer"] = "green" };
            response["challengeMetadata"] = "RIDDLE";
        });
        world.Triggers.On(VerifyArn, input =>
        {
            var request = input["request"]!;
            input["response"]!["answerCorrect"] = request["challengeAnswer"]!.GetValue<string>()
                == request["privateChallengeParameters"]!["answer"]!.GetValue<string>();
        });
    }

    /// <summary>The define trigger always decides the same.</summary>
    public static void Decides(this World world, string member, JsonNode value) =>
        world.Triggers.On(DefineArn, input => input["response"]![member] = value.DeepClone());

    /// <summary>Answers a custom challenge.</summary>
    public static Task<Answer> Guess(
        this TestApp app, Answer challenge, string answer, string username = "ana",
        params (string Name, string Value)[] more) => app.Answer(
        "CUSTOM_CHALLENGE",
        MfaPools.SessionOf(challenge),
        [("USERNAME", username), ("ANSWER", answer), .. more]);

    /// <summary>What the define trigger is told of: names, each with + or - for its result.</summary>
    public static IReadOnlyList<string> Past(JsonObject input) =>
    [
        .. input["request"]!["session"]!.AsArray().Select(past =>
            past!["challengeName"]!.GetValue<string>()
            + (past["challengeResult"]!.GetValue<bool>() ? '+' : '-')),
    ];
}
