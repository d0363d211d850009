using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>Triggers as functions behind Lambda's API and as webhooks.</summary>
public sealed class TriggerTests(WithTriggers running) : IClassFixture<WithTriggers>
{
    private ApiClient Api => running.Program.Client();

    [Fact]
    public async Task A_function_that_the_settings_map_is_called_as_a_signed_webhook()
    {
        var (pool, client) = await Pool(new { PreSignUp = LambdaEndpoint.Arn("elsewhere") });

        var answer = await SignUp(client, "ana", "ana@example.com");

        Assert.True(answer.Body.GetProperty("UserConfirmed").GetBoolean());
        var sent = await running.Webhook.Receive();
        Assert.Equal("PreSignUp_SignUp", sent.Text("triggerSource"));
        Assert.Equal(pool, sent.Text("userPoolId"));
        Assert.Equal("ana", sent.Text("userName"));
        Assert.Equal(client, sent.Text("callerContext.clientId"));
        Assert.Equal("ana@example.com", sent.Text("request.userAttributes.email"));
    }

    [Fact]
    public async Task A_function_confirms_those_it_trusts_and_PostConfirmation_hears_of_it()
    {
        var (pool, client) = await Pool(new
        {
            PreSignUp = LambdaEndpoint.Arn("preSignUp"),
            PostConfirmation = LambdaEndpoint.Arn("postConfirmation"),
        });

        var trusted = await SignUp(client, "bea", "bea@trusted.example.com");
        var stranger = await SignUp(client, "cleo", "cleo@example.com");

        Assert.True(trusted.Body.GetProperty("UserConfirmed").GetBoolean());
        Assert.False(stranger.Body.GetProperty("UserConfirmed").GetBoolean());
        var bea = await Api.Must("AdminGetUser", new { UserPoolId = pool, Username = "bea" });
        Assert.Equal("CONFIRMED", bea.Text("UserStatus"));
        Assert.Equal("true", bea.Attribute("UserAttributes", "email_verified"));
        Assert.Equal(["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"], await TriggersFor("bea"));
        Assert.Equal(["PreSignUp_SignUp"], await TriggersFor("cleo"));
    }

    [Fact]
    public async Task A_function_that_refuses_keeps_the_user_out_in_its_own_words()
    {
        var (pool, client) = await Pool(new { PreSignUp = LambdaEndpoint.Arn("preSignUp") });

        var answer = await SignUp(client, "dan", "dan@blocked.example.com");

        Assert.Equal("UserLambdaValidationException", answer.ErrorType);
        Assert.Equal("PreSignUp failed with error This domain may not sign up.", answer.Message);
        await MustNotExist(pool, "dan");
    }

    [Theory]
    [InlineData("thrower", "UserLambdaValidationException", "PreSignUp failed with error Not on my watch.")]
    [InlineData("rubbish", "InvalidLambdaResponseException", "Unrecognizable lambda output")]
    [InlineData(
        "missing", "UnexpectedLambdaException",
        "PreSignUp invocation failed due to error ResourceNotFoundException.")]
    public async Task A_function_that_fails_has_the_services_error(
        string function, string error, string words)
    {
        var (pool, client) = await Pool(new { PreSignUp = LambdaEndpoint.Arn(function) });

        var answer = await SignUp(client, "eve", "eve@example.com");

        Assert.Equal(error, answer.ErrorType);
        Assert.Equal(words, answer.Message);
        await MustNotExist(pool, "eve");
    }

    [Fact]
    public async Task A_function_that_takes_too_long_is_tried_three_times_for_five_seconds()
    {
        var (pool, client) = await Pool(new { PreSignUp = LambdaEndpoint.Arn("slow") });
        var before = DateTimeOffset.UtcNow;

        var answer = await SignUp(client, "fay", "fay@example.com");

        Assert.Equal("UnexpectedLambdaException", answer.ErrorType);
        // Timers count whole milliseconds, and the server's are not this clock's.
        Assert.InRange(DateTimeOffset.UtcNow - before, TimeSpan.FromSeconds(14.9), TimeSpan.FromSeconds(20));
        await MustNotExist(pool, "fay");
    }

    private async Task<(string Pool, string Client)> Pool(object lambdaConfig)
    {
        var pool = (await Api.Must("CreateUserPool", new
        {
            PoolName = "triggers",
            AutoVerifiedAttributes = new[] { "email" },
            LambdaConfig = lambdaConfig,
        })).Text("UserPool.Id");
        var client = await Api.Must("CreateUserPoolClient", new { UserPoolId = pool, ClientName = "app" });
        return (pool, client.Text("UserPoolClient.ClientId"));
    }

    private Task<ApiAnswer> SignUp(string client, string name, string email) => Api.Call("SignUp", new
    {
        ClientId = client,
        Username = name,
        Password = "First-Passw0rd!",
        UserAttributes = new[] { new { Name = "email", Value = email } },
    });

    private async Task<string[]> TriggersFor(string name)
    {
        var (_, text) = await Api.Get("_lifeguard/triggers");
        return [.. Json.Parse(text).GetProperty("triggers").EnumerateArray()
            .Where(trigger => trigger.Text("event.userName") == name)
            .Select(trigger => trigger.Text("source"))];
    }

    private async Task MustNotExist(string pool, string name)
    {
        var answer = await Api.Call("AdminGetUser", new { UserPoolId = pool, Username = name });
        Assert.Equal("UserNotFoundException", answer.ErrorType);
    }
}
