using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>Handlers as AWS documents them run unchanged, whichever way they are called, and nobody can tell
/// the ways apart.</summary>
public sealed class HandlerTests(WithHandlers running) : IClassFixture<WithHandlers>
{
    private ApiClient Api => running.Program.Client();

    public static TheoryData<string> Ways => [.. WithHandlers.Ways];

    /// <summary>serverless-offline's runner for Python ends with the first exception, and never
    /// answers.</summary>
    public static TheoryData<string> WaysToRefuse =>
        [.. WithHandlers.Ways.Where(way => way != "lambda-python")];

    [Theory, MemberData(nameof(Ways))]
    public async Task A_handler_decides_who_may_sign_up_and_words_the_welcome(string way)
    {
        var client = await Client(way);

        var trusted = await SignUp(client, "ana", $"ana-{way}@trusted.example.com");
        var stranger = await SignUp(client, "ben", $"ben-{way}@example.com");

        Assert.True(trusted.Body.GetProperty("UserConfirmed").GetBoolean());
        Assert.False(stranger.Body.GetProperty("UserConfirmed").GetBoolean());
        var (_, inbox) = await Api.Get($"_lifeguard/inbox/wait?to=ben-{way}@example.com&timeout=20");
        Assert.Contains("Welcome to the service", inbox, StringComparison.Ordinal);
        Assert.Matches("Thank you for signing up. [0-9]{6} is your code.", inbox);
    }

    [Theory, MemberData(nameof(WaysToRefuse))]
    public async Task A_handler_refuses_in_its_own_words(string way)
    {
        var client = await Client(way);

        var blocked = await SignUp(client, "cleo", "cleo@blocked.example.com");

        Assert.Equal(
            "UserLambdaValidationException: "
            + "PreSignUp failed with error Cannot register users with the domain blocked.example.com.",
            $"{blocked.ErrorType}: {blocked.Message}");
    }

    [Fact]
    public async Task What_a_handler_prints_is_in_the_servers_output()
    {
        await SignUp(await Client("file-esm"), "dora", "dora@example.com");

        await Eventually.Holds(() => Task.FromResult(running.Program.Printed.Contains(
            "file-esm: PreSignUp_SignUp", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_handler_that_hangs_has_the_services_error_and_the_next_call_an_answer()
    {
        var client = await Client("hanging");

        var answer = await SignUp(client, "eve", "eve@hanging.example.com");

        Assert.Equal(
            "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.",
            answer.Message);
        Assert.Null((await SignUp(client, "fay", "fay@example.com")).ErrorType);
    }

    [Fact]
    public async Task A_handler_calls_this_server_with_the_SDK_without_being_told_where_it_is()
    {
        var client = await Client("calling");

        var answer = await SignUp(client, "gil", "gil@example.com");

        Assert.Equal("PreSignUp failed with error The pool is called handlers.", answer.Message);
    }

    private async Task<string> Client(string function)
    {
        var arn = LambdaEndpoint.Arn(WithHandlers.FunctionOf(function));
        var pool = (await Api.Must("CreateUserPool", new
        {
            PoolName = "handlers",
            AutoVerifiedAttributes = new[] { "email" },
            LambdaConfig = new { PreSignUp = arn, CustomMessage = arn },
        })).Text("UserPool.Id");
        var client = await Api.Must("CreateUserPoolClient", new { UserPoolId = pool, ClientName = "app" });
        return client.Text("UserPoolClient.ClientId");
    }

    private Task<ApiAnswer> SignUp(string client, string name, string email) => Api.Call("SignUp", new
    {
        ClientId = client,
        Username = name,
        Password = "First-Passw0rd!",
        UserAttributes = new[] { new { Name = "email", Value = email } },
    });
}
