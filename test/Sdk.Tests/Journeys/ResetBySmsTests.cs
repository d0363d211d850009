using System.Text.RegularExpressions;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>An administrator's reset whose code goes to a telephone.</summary>
public sealed partial class ResetBySmsTests(LambdaEndpoint lambda)
{
    private const string Phone = "+491701234567";
    private const string Old = "Old-Passw0rd!";
    private const string New = "New-Passw0rd!";

    [Fact]
    public async Task The_code_arrives_at_the_signed_webhook_in_the_functions_words_and_lets_the_user_in()
    {
        await using var sms = await WebhookSink.Start();
        await using var program = await Start(sms, await lambda.Setting());
        var api = program.Client();
        var (pool, client) = await User(api, LambdaEndpoint.Arn("customMessage"));

        await api.Must("AdminResetUserPassword", new
        {
            UserPoolId = pool,
            Username = "ana",
            ClientMetadata = new { ticket = "T-2" },
        });
        var message = await sms.Receive();
        Assert.Equal(Phone, message.Text("to"));
        Assert.Equal(pool, message.Text("poolId"));
        var words = Wording().Match(message.Text("message"));
        Assert.True(words.Success, message.Text("message"));

        await api.Must("ConfirmForgotPassword", new
        {
            ClientId = client,
            Username = "ana",
            Password = New,
            ConfirmationCode = words.Groups["code"].Value,
        });
        Assert.Equal("NotAuthorizedException", (await SignIn(api, client, Old)).ErrorType);
        Assert.Null((await SignIn(api, client, New)).ErrorType);
    }

    [Fact]
    public async Task A_webhook_that_refuses_fails_the_users_call_but_not_the_administrators_reset()
    {
        await using var sms = await WebhookSink.Start(status: 400);
        await using var program = await Start(sms);
        var api = program.Client();
        var (pool, client) = await User(api, customMessage: null);

        // Its contract knows no such error.
        await api.Must("AdminResetUserPassword", new { UserPoolId = pool, Username = "ana" });
        await sms.Receive();
        var answer = await api.Call("ForgotPassword", new { ClientId = client, Username = "ana" });

        await sms.Receive();
        Assert.Equal("CodeDeliveryFailureException", answer.ErrorType);
        Assert.Equal("PasswordResetRequiredException", (await SignIn(api, client, Old)).ErrorType);
    }

    private static Task<RunningLifeguard> Start(
        WebhookSink sms, params KeyValuePair<string, string?>[] more) =>
        RunningLifeguard.Dev(
        [
            new("Sms:Webhook:Url", sms.Url), new("Sms:Webhook:Secret", WebhookSink.Secret), .. more,
        ]);

    private static async Task<(string Pool, string Client)> User(ApiClient api, string? customMessage)
    {
        var pool = (await api.Must("CreateUserPool", new
        {
            PoolName = "sms",
            AutoVerifiedAttributes = new[] { "phone_number" },
            SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms", ExternalId = "id" },
            LambdaConfig = customMessage is null ? null : new { CustomMessage = customMessage },
        })).Text("UserPool.Id");
        var client = (await api.Must("CreateUserPoolClient", new
        {
            UserPoolId = pool,
            ClientName = "app",
            PreventUserExistenceErrors = "LEGACY",
            ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH" },
        })).Text("UserPoolClient.ClientId");
        await api.Must("AdminCreateUser", new
        {
            UserPoolId = pool,
            Username = "ana",
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
            Username = "ana",
            Password = Old,
            Permanent = true,
        });
        return (pool, client);
    }

    private static Task<ApiAnswer> SignIn(ApiClient api, string client, string password) =>
        api.Call("InitiateAuth", new
        {
            ClientId = client,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ana", PASSWORD = password },
        });

    [GeneratedRegex(@"^Lambda T-2: (?<code>\d{6})$")]
    private static partial Regex Wording();
}
