using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>A secret that was used, with what it was.</summary>
internal sealed record Secret(string Name, string Value);

/// <summary>A pool's life that makes use of every kind of secret, and remembers each.</summary>
internal sealed partial class BusyDay(RunningLifeguard program, SmtpSink mail, WebhookSink sms)
{
    public const string FirstKey = "secret of the first key";
    public const string Email = "ana.of.the.busy.day@example.com";
    private const string Phone = "+491701234567";
    private readonly List<Secret> secrets = [];
    private readonly ApiClient api = program.Client(program.FirstKey);
    private string pool = "";
    private string client = "";
    private string clientSecret = "";

    /// <summary>The pool that lived through it.</summary>
    public string Pool => pool;

    /// <summary>Everything that nobody may read anywhere.</summary>
    public IReadOnlyList<Secret> Secrets => secrets;

    public async Task Live()
    {
        Note(FirstKey, program.FirstKey!.SecretAccessKey);
        Note("password of the mail account", SmtpSink.Password);
        Note("secret of the webhook", WebhookSink.Secret);
        await MakePool();
        await Invite();
        var accessToken = await BeginSrpAndSignIn();
        await ChangePassword(accessToken);
        await Reset();
        await ResetByPhone();
        await Register();
    }

    private string Note(string name, string value)
    {
        secrets.Add(new(name, value));
        return value;
    }

    private async Task MakePool()
    {
        pool = (await api.Must("CreateUserPool", new
        {
            PoolName = "busy",
            AutoVerifiedAttributes = new[] { "email", "phone_number" },
            LambdaConfig = new { CustomMessage = LambdaEndpoint.Arn("customMessage") },
            SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms", ExternalId = "id" },
        })).Text("UserPool.Id");
        var created = (await api.Must("CreateUserPoolClient", new
        {
            UserPoolId = pool,
            ClientName = "app",
            GenerateSecret = true,
            ExplicitAuthFlows = new[]
            {
                "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
            },
        })).GetProperty("UserPoolClient");
        client = created.Text("ClientId");
        clientSecret = Note("client secret", created.Text("ClientSecret"));
    }

    /// <summary>An invitation whose temporary password the server chooses.</summary>
    private async Task Invite()
    {
        await api.Must("AdminCreateUser", new
        {
            UserPoolId = pool,
            Username = "ana",
            TemporaryPassword = Note("temporary password", "Temporary-Pässwörd-1"),
            UserAttributes = new[]
            {
                new { Name = "email", Value = Email }, new { Name = "email_verified", Value = "true" },
            },
            DesiredDeliveryMediums = new[] { "EMAIL" },
        });
        await mail.Mail();
        var challenge = await SignIn("ana", "Temporary-Pässwörd-1");
        var answer = await api.Must("RespondToAuthChallenge", new
        {
            ClientId = client,
            ChallengeName = "NEW_PASSWORD_REQUIRED",
            Session = Note("session", challenge.Text("Session")),
            ChallengeResponses = new
            {
                USERNAME = "ana",
                NEW_PASSWORD = Note("first password", "First-Pässwörd-2"),
                SECRET_HASH = SecretHash("ana"),
            },
        });
        NoteTokens("first", answer);
    }

    private async Task<string> BeginSrpAndSignIn()
    {
        var begun = await api.Must("InitiateAuth", new
        {
            ClientId = client,
            AuthFlow = "USER_SRP_AUTH",
            AuthParameters = new
            {
                USERNAME = "ana",
                SRP_A = new string('7', 700),
                SECRET_HASH = SecretHash("ana"),
            },
        });
        Note("secret block", begun.Text("ChallengeParameters.SECRET_BLOCK"));
        var tokens = await SignIn("ana", "First-Pässwörd-2");
        NoteTokens("second", tokens);
        return tokens.Text("AuthenticationResult.AccessToken");
    }

    private Task<JsonElement> ChangePassword(string accessToken) => api.Must("ChangePassword", new
    {
        AccessToken = accessToken,
        PreviousPassword = "First-Pässwörd-2",
        ProposedPassword = Note("changed password", "Changed-Pässwörd-3"),
    });

    private async Task Reset()
    {
        await api.Must("AdminResetUserPassword", new { UserPoolId = pool, Username = "ana" });
        var code = Note("code of a reset", Code((await mail.Mail()).Text("raw")));
        await Confirm("ana", code, Note("password after a reset", "Reset-Pässwörd-4"));
        await api.Must("ForgotPassword", new
        {
            ClientId = client,
            Username = "ana",
            SecretHash = SecretHash("ana"),
        });
        Note("code that nobody used", Code((await mail.Mail()).Text("raw")));
    }

    private async Task ResetByPhone()
    {
        await api.Must("AdminCreateUser", new
        {
            UserPoolId = pool,
            Username = "bob",
            MessageAction = "SUPPRESS",
            UserAttributes = new[]
            {
                new { Name = "phone_number", Value = Phone },
                new { Name = "phone_number_verified", Value = "true" },
            },
        });
        await api.Must("AdminSetUserPassword", new
        {
            UserPoolId = pool,
            Username = "bob",
            Password = Note("password by an administrator", "Set-Pässwörd-5"),
            Permanent = true,
        });
        await api.Must("AdminResetUserPassword", new { UserPoolId = pool, Username = "bob" });
        var code = Note("code by SMS", Code((await sms.Receive()).Text("message")));
        await Confirm("bob", code, Note("password after an SMS", "Phone-Pässwörd-6"));
    }

    private async Task Register()
    {
        await api.Must("SignUp", new
        {
            ClientId = client,
            Username = "cleo",
            Password = Note("password of a registration", "Signup-Pässwörd-7"),
            SecretHash = SecretHash("cleo"),
            UserAttributes = new[] { new { Name = "email", Value = "cleo@example.com" } },
        });
        var code = Note("code of a registration", Code((await mail.Mail()).Text("raw")));
        await api.Must("ConfirmSignUp", new
        {
            ClientId = client,
            Username = "cleo",
            ConfirmationCode = code,
            SecretHash = SecretHash("cleo"),
        });
        // What is refused may be written down in anger.
        await api.Call("InitiateAuth", Password("cleo", Note("mistyped password", "Mistyped-Pässwörd-8")));
    }

    private Task<JsonElement> Confirm(string name, string code, string password) =>
        api.Must("ConfirmForgotPassword", new
        {
            ClientId = client,
            Username = name,
            ConfirmationCode = code,
            Password = password,
            SecretHash = SecretHash(name),
        });

    private Task<JsonElement> SignIn(string name, string password) =>
        api.Must("InitiateAuth", Password(name, password));

    private object Password(string name, string password) => new
    {
        ClientId = client,
        AuthFlow = "USER_PASSWORD_AUTH",
        AuthParameters = new { USERNAME = name, PASSWORD = password, SECRET_HASH = SecretHash(name) },
    };

    private void NoteTokens(string which, JsonElement answer)
    {
        foreach (var token in (string[])["AccessToken", "IdToken", "RefreshToken"])
            Note($"{which} {token}", answer.Text($"AuthenticationResult.{token}"));
    }

    private string SecretHash(string name) => Convert.ToBase64String(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(clientSecret), Encoding.UTF8.GetBytes(name + client)));

    private static string Code(string message) => SixDigits().Match(message).Value;

    [GeneratedRegex(@"(?<=: )\d{6}\b")]
    private static partial Regex SixDigits();
}
