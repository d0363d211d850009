using System.Net;
using System.Text.Json;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Journeys;

/// <summary>Functions that deliver codes, and open them as they would in AWS.</summary>
public sealed class CustomSenderTests(LambdaEndpoint lambda)
{
    private const string Key = "arn:aws:kms:us-east-1:000000000000:key/4a1c9a3e-0000-4000-8000-000000000001";
    private const string FirstPassword = "First-Passw0rd!";

    [Fact]
    public async Task A_function_opens_the_code_by_KMS_and_the_code_confirms_the_sign_up()
    {
        await using var sink = await WebhookSink.Start();
        await using var program = await RunningLifeguard.Dev(
        [
            new("Triggers:Map:emailSender", sink.Url), new("Triggers:Webhook:Secret", WebhookSink.Secret),
        ]);
        var client = await Client(program.Client(), "emailSender");
        await program.Client().Must("SignUp", SignUp(client));

        var sent = await sink.Receive();
        var opened = Json.Parse(await Opened(sent, new()
        {
            ["AWS_ENDPOINT_URL_KMS"] = program.Address.AbsoluteUri,
            ["AWS_ACCESS_KEY_ID"] = "any",
            ["AWS_SECRET_ACCESS_KEY"] = "any",
            ["AWS_REGION"] = "us-east-1",
            ["KEY_ARN"] = Key,
        }));
        Assert.Equal("ana@example.com", opened.Text("to"));
        var codes = opened.GetProperty("codes").EnumerateArray().Select(code => code.GetString()).ToArray();
        Assert.Equal(codes[0], codes[1]);
        await program.Client().Must(
            "ConfirmSignUp", new { ClientId = client, Username = "ana", ConfirmationCode = codes[0] });
    }

    [Fact]
    public async Task Without_KMS_a_key_that_both_hold_opens_the_code()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "sender.key");
        var made = await Finished.Run(LifeguardProgram.File, ["keys", "create-master", file]);
        Assert.True(made.ExitCode == 0, made.Printed);
        await using var sink = await WebhookSink.Start();
        await using var program = await RunningLifeguard.Dev(
        [
            new("Triggers:Map:emailSender", sink.Url), new("Triggers:Webhook:Secret", WebhookSink.Secret),
            new("Kms:KeyFile", file),
        ]);
        var client = await Client(program.Client(), "emailSender");
        await program.Client().Must("SignUp", SignUp(client));
        var sent = await sink.Receive();
        var key = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var opened = Json.Parse(await Opened(sent, new() { ["SHARED_KEY"] = key.Trim() }));
        var shown = await Finished.Run(
            LifeguardProgram.File,
            ["decrypt-code", sent.Text("request.code"), "--set", $"Kms:KeyFile={file}"]);

        var code = opened.GetProperty("codes")[0].GetString();
        Assert.Equal(code, shown.Printed.Trim());
        await program.Client().Must(
            "ConfirmSignUp", new { ClientId = client, Username = "ana", ConfirmationCode = code });
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_command_line_shows_the_code()
    {
        await using var sink = await WebhookSink.Start();
        await using var program = await RunningLifeguard.Dev(
        [
            new("Triggers:Map:emailSender", sink.Url), new("Triggers:Webhook:Secret", WebhookSink.Secret),
        ]);
        var client = await Client(program.Client(), "emailSender");
        await program.Client().Must("SignUp", SignUp(client));
        var sent = await sink.Receive();

        var shown = await Finished.Run(
            LifeguardProgram.File,
            [
                "decrypt-code", sent.Text("request.code"),
                "--listen", program.Address.GetLeftPart(UriPartial.Authority),
            ]);

        Assert.True(shown.ExitCode == 0, shown.Printed);
        await program.Client().Must(
            "ConfirmSignUp",
            new { ClientId = client, Username = "ana", ConfirmationCode = shown.Printed.Trim() });
    }

    [Fact]
    public async Task Lambda_takes_it_as_an_event()
    {
        await using var program = await RunningLifeguard.Dev([await lambda.Setting()]);
        var api = program.Client();
        var client = await Client(api, "postConfirmation");

        await api.Must("SignUp", SignUp(client));

        await Eventually.Holds(async () =>
        {
            var (_, text) = await api.Get("_lifeguard/triggers");
            return Json.Parse(text).GetProperty("triggers").EnumerateArray().Any(trigger =>
                trigger.Text("source") == "CustomEmailSender_SignUp"
                && trigger.TryGetProperty("returned", out var returned)
                && returned.ValueKind == JsonValueKind.String && returned.GetString() is "");
        });
    }

    [Fact]
    public async Task In_production_there_is_no_KMS_to_talk_to()
    {
        await using var installation = Installation.OnFile();
        await using var program = await RunningLifeguard.Serve(installation);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, program.Address)
        {
            Content = new StringContent("""{"KeyId":"k"}""", null, "application/x-amz-json-1.1"),
            Headers = { { "X-Amz-Target", "TrentService.GenerateDataKey" } },
        };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "UnknownOperationException",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static async Task<string> Opened(JsonElement sent, Dictionary<string, string?> environment)
    {
        environment["NO_PROXY"] = "127.0.0.1,localhost";
        var finished = await Finished.Run(
            "node", [Path.Combine(Available.Scripts, "custom-sender.mjs"), sent.GetRawText()], environment);
        Assert.True(finished.ExitCode == 0, finished.Printed);
        // The libraries warn of what they do not like about the machine.
        return finished.Printed.Split('\n').Single(line => line.StartsWith('{'));
    }

    private static async Task<string> Client(ApiClient api, string function)
    {
        var pool = (await api.Must("CreateUserPool", new
        {
            PoolName = "senders",
            AutoVerifiedAttributes = new[] { "email" },
            LambdaConfig = new
            {
                CustomEmailSender = new { LambdaVersion = "V1_0", LambdaArn = LambdaEndpoint.Arn(function) },
                KMSKeyID = Key,
            },
        })).Text("UserPool.Id");
        var client = await api.Must("CreateUserPoolClient", new { UserPoolId = pool, ClientName = "app" });
        return client.Text("UserPoolClient.ClientId");
    }

    private static object SignUp(string client) => new
    {
        ClientId = client,
        Username = "ana",
        Password = FirstPassword,
        UserAttributes = new[] { new { Name = "email", Value = "ana@example.com" } },
    };
}
