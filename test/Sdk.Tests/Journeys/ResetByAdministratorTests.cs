using System.Text.RegularExpressions;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>The whole life of an administrator's reset as an operator lives it: with the AWS CLI, a mail
/// server, a Lambda function and a browser's library.</summary>
public sealed partial class ResetByAdministratorTests(LambdaEndpoint lambda)
{
    private const string Old = "Old-Passw0rd!";
    private const string New = "New-Passw0rd!";
    private const string Email = "ana@example.com";

    [Fact]
    public Task Lives_in_memory() => Live("memory");

    [Fact]
    public async Task Lives_on_PostgreSQL()
    {
        await using var postgres = await ScratchPostgres.Create(Available.Postgres);
        await Live(postgres.ConnectionString);
    }

    private async Task Live(string database)
    {
        await using var mail = await SmtpSink.Start();
        await using var program = await RunningLifeguard.Dev(
            [.. mail.Settings, await lambda.Setting(), new("Database", database)]);
        var aws = new AwsCli(program.Address, AwsCli.Anybody);
        var user = await Ana(aws);
        var tokens = (await SignIn(aws, user, Old)).At("AuthenticationResult");

        string[] pool = ["--user-pool-id", user.Pool];
        await aws.Run("admin-reset-user-password", [.. pool, "--username", "ana"]);
        await Mailed(mail, "undefined");
        await aws.Run("admin-reset-user-password", [.. pool, "--username", Email]);
        await Mailed(mail, "undefined");
        await aws.Run(
            "admin-reset-user-password",
            [.. pool, "--username", user.Sub, "--client-metadata", "ticket=T-1"]);
        var code = await Mailed(mail, "T-1");

        await MustBeLockedOut(aws, program, user, tokens.Text("RefreshToken"), tokens.Text("AccessToken"));
        var given = await aws.Run("admin-get-user", [.. pool, "--username", "ana"]);
        Assert.Equal("RESET_REQUIRED", given.Text("UserStatus"));
        await MustComeBackWith(aws, user, code);
    }

    private static async Task<Account> Ana(AwsCli aws)
    {
        var pool = (await aws.Run(
            "create-user-pool", "--pool-name", "journey", "--alias-attributes", "email",
            "--auto-verified-attributes", "email",
            "--lambda-config", $"CustomMessage={LambdaEndpoint.Arn("customMessage")}")).Text("UserPool.Id");
        var client = (await aws.Run(
            "create-user-pool-client", "--user-pool-id", pool, "--client-name", "app",
            "--explicit-auth-flows", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH")).Text("UserPoolClient.ClientId");
        var created = await aws.Run(
            "admin-create-user", "--user-pool-id", pool, "--username", "ana", "--message-action", "SUPPRESS",
            "--user-attributes", $"Name=email,Value={Email}", "Name=email_verified,Value=true");
        await aws.Run(
            "admin-set-user-password", "--user-pool-id", pool, "--username", "ana", "--password", Old,
            "--permanent");
        return new(pool, client, created.Attribute("User.Attributes", "sub"));
    }

    private static Task<System.Text.Json.JsonElement> SignIn(AwsCli aws, Account user, string password) =>
        aws.Run("initiate-auth", Password("USER_PASSWORD_AUTH", user, password));

    private static string[] Password(string flow, Account user, string password) =>
    [
        "--client-id", user.Client, "--auth-flow", flow,
        "--auth-parameters", $"USERNAME=ana,PASSWORD={password}",
    ];

    /// <summary>The code of the next mail, which came safely and in the function's words.</summary>
    private static async Task<string> Mailed(SmtpSink sink, string ticket)
    {
        var mail = await sink.Mail();
        Assert.Equal(SmtpSink.User, mail.Text("user"));
        Assert.True(mail.GetProperty("tls").GetBoolean());
        Assert.Equal(Email, Assert.Single(mail.GetProperty("to").EnumerateArray()).GetString());
        var raw = mail.Text("raw");
        const string subject = "Subject: Lambda answers CustomMessage_ForgotPassword";
        Assert.Contains(subject, raw, StringComparison.Ordinal);
        var wording = Wording().Match(raw);
        Assert.True(wording.Success, raw);
        Assert.Equal(ticket, wording.Groups["ticket"].Value);
        return wording.Groups["code"].Value;
    }

    private static async Task MustBeLockedOut(
        AwsCli aws, RunningLifeguard program, Account user, string refreshToken, string accessToken)
    {
        const string locked = "PasswordResetRequiredException";
        const string words = "Password reset required for the user";
        string[] pool = ["--user-pool-id", user.Pool];
        Assert.Equal(
            words, await aws.Refused(locked, "initiate-auth", Password("USER_PASSWORD_AUTH", user, Old)));
        await aws.Refused(
            locked, "admin-initiate-auth", [.. pool, .. Password("ADMIN_USER_PASSWORD_AUTH", user, Old)]);
        await aws.Refused(
            locked, "initiate-auth", "--client-id", user.Client, "--auth-flow", "REFRESH_TOKEN_AUTH",
            "--auth-parameters", $"REFRESH_TOKEN={refreshToken}");
        await Script.MustSucceed(
            "srp-sign-in.mjs", program.Address.AbsoluteUri, user.Pool, user.Client, "ana", Old, locked);
        await aws.Refused(locked, "get-user", "--access-token", accessToken);
        Assert.Equal(
            "Incorrect username or password.",
            await aws.Refused(
                "NotAuthorizedException", "initiate-auth",
                Password("USER_PASSWORD_AUTH", user, "Wrong-Passw0rd!")));
    }

    private static async Task MustComeBackWith(AwsCli aws, Account user, string code)
    {
        string[] confirm =
            ["--client-id", user.Client, "--username", Email, "--password", New, "--confirmation-code"];
        var wrong = code == "000000" ? "000001" : "000000";
        await aws.Refused("CodeMismatchException", "confirm-forgot-password", [.. confirm, wrong]);
        await aws.Run("confirm-forgot-password", [.. confirm, code]);
        await aws.Refused(
            "NotAuthorizedException", "initiate-auth", Password("USER_PASSWORD_AUTH", user, Old));
        var tokens = (await SignIn(aws, user, New)).At("AuthenticationResult");
        var seen = await aws.Run("get-user", "--access-token", tokens.Text("AccessToken"));
        Assert.Equal("ana", seen.Text("Username"));
        await aws.Refused("ExpiredCodeException", "confirm-forgot-password", [.. confirm, code]);
    }

    /// <summary>The mail is encoded as quoted-printable or plain; neither breaks these words.</summary>
    [GeneratedRegex(@"Hello from Lambda for (?<ticket>\S+): (?<code>\d{6})")]
    private static partial Regex Wording();

    private sealed record Account(string Pool, string Client, string Sub);
}
