using System.Text.Json.Nodes;
using Lifeguard.Contract;

namespace Lifeguard.Load;

/// <summary>Registration, sign-in and recovery: what users do.</summary>
internal sealed class UserPlan(Stage stage, SmtpSink sink, Options options)
{
    private const string PasswordSignIn = "InitiateAuth USER_PASSWORD_AUTH";
    private const string SrpSignIn = "InitiateAuth USER_SRP_AUTH";

    private readonly Dictionary<string, JsonObject> tokens = [];
    private readonly SrpHandshake handshake = new(stage);
    private readonly List<SrpChallenge> challenges = [];
    private IReadOnlyList<string> registered = [];
    private IReadOnlyList<string> forgetful = [];

    private int Plenty => (int)(4000 * options.Seconds) + 500;

    public IEnumerable<Planned> Registration() =>
    [
        new("SignUp", null, () => Public("SignUp", n => ByClient(
            ("Username", $"new{n}"), ("Password", Stage.Password),
            ("UserAttributes", AdministratorPlan.Attributes(("email", Population.Email($"new{n}"))))))),
        new("ResendConfirmationCode", null, () =>
        {
            registered = stage.AddOthers("fresh", UserStatusType.Unconfirmed, Plenty);
            return Public("ResendConfirmationCode", n => ByClient(("Username", registered[n]))) with
            {
                Limit = registered.Count,
            };
        }),
        new("ConfirmSignUp", "ResendConfirmationCode", () => Coded(
            "ConfirmSignUp", registered,
                (name, code) => ByClient(("Username", name), ("ConfirmationCode", code)))),
    ];

    public IEnumerable<Planned> SignIn() =>
    [
        new(PasswordSignIn, null, () => Public("InitiateAuth", n => Start(
            "USER_PASSWORD_AUTH", ("USERNAME", User(n)), ("PASSWORD", Stage.Password))) with
        {
            Variant = "USER_PASSWORD_AUTH",
            Floor = FloorKind.Hash,
            Budget = 0.85,
            Collect = (n, answer) => tokens[User(n)] = answer["AuthenticationResult"]!.AsObject(),
        }),
        new("AdminInitiateAuth", null, () => new("AdminInitiateAuth", n => AdminStart(
            "ADMIN_USER_PASSWORD_AUTH", ("USERNAME", User(n)), ("PASSWORD", Stage.Password)))
        {
            Floor = FloorKind.Hash, Budget = 0.85,
        }),
        new("InitiateAuth REFRESH_TOKEN_AUTH", PasswordSignIn, () => Public("InitiateAuth", n => Start(
            "REFRESH_TOKEN_AUTH", ("REFRESH_TOKEN", Token(n, "RefreshToken")))) with
        {
            Variant = "REFRESH_TOKEN_AUTH", Floor = FloorKind.Signature, Units = 2, Budget = 0.75,
        }),
        new("GetTokensFromRefreshToken", PasswordSignIn, () => Public(
            "GetTokensFromRefreshToken", n => ByClient(("RefreshToken", Token(n, "RefreshToken")))) with
        {
            Floor = FloorKind.Signature, Units = 2, Budget = 0.75,
        }),
        new("GetClientToken", null, () => Public("GetClientToken", _ => new()
        {
            ["ClientId"] = stage.Machine.Id, ["Secret"] = stage.Machine.Secret,
        }) with { Floor = FloorKind.Signature, Budget = 0.75 }),
        new("GetUser", PasswordSignIn, () => Public("GetUser", n => new()
        {
            ["AccessToken"] = Token(n, "AccessToken"),
        }) with { Floor = FloorKind.Echo, Budget = 0.25 }),
        new("ChangePassword", PasswordSignIn, () => Public("ChangePassword", n => new()
        {
            ["AccessToken"] = Token(n, "AccessToken"),
            ["PreviousPassword"] = Stage.Password,
            ["ProposedPassword"] = Stage.Password,
        })),
        // The last that needs them: it makes the tokens useless.
        new("RevokeToken", PasswordSignIn, () => Public("RevokeToken", n => ByClient(
            ("Token", Token(n, "RefreshToken"))))),
    ];

    public IEnumerable<Planned> Srp() =>
    [
        new(SrpSignIn, null, () => Public("InitiateAuth", n => Start(
            "USER_SRP_AUTH", ("USERNAME", User(n)), ("SRP_A", handshake.Public))) with
        {
            Variant = "USER_SRP_AUTH",
            MustBeWarm = true,
            Collect = (n, answer) => challenges.Add(
                new(User(n), answer["ChallengeParameters"]!.AsObject())),
        }),
        new("RespondToAuthChallenge", SrpSignIn, () => Proofs(isForAdministrators: false)),
        new("AdminRespondToAuthChallenge", SrpSignIn, () => Proofs(isForAdministrators: true)),
    ];

    public IEnumerable<Planned> Recovery() =>
    [
        new("ForgotPassword", null, () =>
        {
            forgetful = stage.AddOthers("forgetful", UserStatusType.Confirmed, Plenty);
            return Public("ForgotPassword", n => ByClient(("Username", forgetful[n]))) with
            {
                Limit = forgetful.Count,
            };
        }),
        new("ConfirmForgotPassword", "ForgotPassword", () => Coded(
            "ConfirmForgotPassword", forgetful, (name, code) => ByClient(
                ("Username", name), ("ConfirmationCode", code), ("Password", Stage.Password)))),
    ];

    /// <summary>Every block is good for one proof, and the client's half of the arithmetic takes longer than
    /// the
    /// server's; so proofs are made ahead, half of the blocks for each of the two operations.</summary>
    private Workload Proofs(bool isForAdministrators)
    {
        var most = (int)(200 * Environment.ProcessorCount * options.Seconds) + options.Concurrency;
        var mine = challenges.Skip(isForAdministrators ? most : 0).Take(most).ToArray();
        var answers = new JsonObject[mine.Length];
        Parallel.For(0, mine.Length, i => answers[i] = handshake.Answer(mine[i]));
        var operation = isForAdministrators ? "AdminRespondToAuthChallenge" : "RespondToAuthChallenge";
        return new(operation, n => Respond(answers[n].DeepClone().AsObject(), isForAdministrators))
        {
            Limit = mine.Length,
            IsSigned = isForAdministrators,
            MustBeWarm = true,
        };
    }

    private JsonObject Respond(JsonObject answers, bool isForAdministrators)
    {
        var request = ByClient(("ChallengeName", "PASSWORD_VERIFIER"), ("ChallengeResponses", answers));
        if (isForAdministrators) request["UserPoolId"] = stage.PoolId;
        return request;
    }

    private Workload Coded(
        string operation, IReadOnlyList<string> names, Func<string, string, JsonObject> make)
    {
        var coded = names.Select(name => (Name: name, Code: sink.CodeFor(Population.Email(name))))
            .Where(one => one.Code is not null)
            .ToArray();
        return Public(operation, n => make(coded[n].Name, coded[n].Code!)) with { Limit = coded.Length };
    }

    private string User(int number) => stage.Users[number % stage.Users.Count];

    private string Token(int number, string kind)
    {
        var holders = stage.Users.Where(tokens.ContainsKey).ToArray();
        return tokens[holders[number % holders.Length]][kind]!.GetValue<string>();
    }

    private JsonObject Start(string flow, params (string Name, string Value)[] parameters) => ByClient(
        ("AuthFlow", flow),
        ("AuthParameters", new JsonObject(
            parameters.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Value)))));

    private JsonObject AdminStart(string flow, params (string Name, string Value)[] parameters)
    {
        var request = Start(flow, parameters);
        request["UserPoolId"] = stage.PoolId;
        return request;
    }

    private JsonObject ByClient(params (string Name, JsonNode Value)[] members)
    {
        var request = new JsonObject { ["ClientId"] = stage.ClientId };
        foreach (var (name, value) in members) request[name] = value;
        return request;
    }

    private static Workload Public(string operation, Func<int, JsonObject> make) =>
        new(operation, make) { IsSigned = false };
}
