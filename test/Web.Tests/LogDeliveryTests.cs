using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests;

/// <summary>Logs of pools from the wire to the file that the settings map their destination to.</summary>
public sealed class LogDeliveryTests : IDisposable
{
    private const string Messages = "arn:aws:logs:us-east-1:000000000000:log-group:/pools/messages";
    private const string Password = "Old-1234!";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lifeguard-logs-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_happens_is_in_the_mapped_files_once_the_server_has_stopped()
    {
        var server = new RunningServer
        {
            Settings =
            [
                ("Logs:Default", "none"),
                ($"Logs:Map:{Messages}", $"file:{PathOf("messages")}"),
                ("Logs:Map:sign-ins", $"file:{PathOf("sign-ins")}"),
                // Nobody listens there, so every hand-over of a message fails.
                ("Email:Smtp:Host", "127.0.0.1"), ("Email:Smtp:Port", $"{FreePort()}"),
                ("Email:Smtp:Security", "None"), ("Email:Smtp:From", "no-reply@example.com"),
            ],
        };
        await server.InitializeAsync();
        var (pool, client) = await Begin(server);

        await SignIn(server, client, Password);
        await SignIn(server, client, "Wrong-1234!");
        await Call(server, "ForgotPassword", new { ClientId = client, Username = "ana" });
        await Call(server, "AdminDisableUser", new { UserPoolId = pool, Username = "ana" });
        await SignIn(server, client, Password);
        await server.DisposeAsync();

        var signIns = Read("sign-ins", pool);
        Assert.Equal(
            [
                "SignIn Pass ", "SignIn Fail NotAuthorizedException: Incorrect username or password.",
                "ForgotPassword InProgress ", "SignIn Fail NotAuthorizedException: User is disabled.",
            ],
            signIns.Select(message => message["message"]!).Select(message =>
                $"{message["eventType"]} {message["eventResponse"]} {message["failureReason"]}"));
        // On a slow machine a second attempt may have failed by now.
        var failed = Read("messages", pool)[0];
        Assert.Equal("USER_NOTIFICATION", failed["eventSource"]!.GetValue<string>());
        Assert.Contains(
            "was not delivered and will be tried again",
            failed["message"]!["details"]!.GetValue<string>(),
            StringComparison.Ordinal);
        var everything = string.Concat(
            folder.GetFiles().Select(file => File.ReadAllText(file.FullName)));
        string[] secrets = [Password, "Wrong-1234!", "ana@example.com"];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));
    }

    private static async Task<(string Pool, string Client)> Begin(RunningServer server)
    {
        var made = await Call(server, "CreateUserPool", new
        {
            PoolName = "logged",
            UserPoolTier = "PLUS",
            UserPoolAddOns = new { AdvancedSecurityMode = "AUDIT" },
        });
        var pool = made["UserPool"]!["Id"]!.GetValue<string>();
        var client = (await Call(server, "CreateUserPoolClient", new
        {
            UserPoolId = pool,
            ClientName = "app",
            ExplicitAuthFlows = (string[])["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        }))["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        await Call(server, "AdminCreateUser", new
        {
            UserPoolId = pool,
            Username = "ana",
            MessageAction = "SUPPRESS",
            UserAttributes = (object[])
            [
                new { Name = "email", Value = "ana@example.com" },
                new { Name = "email_verified", Value = "true" },
            ],
        });
        await Call(
            server,
            "AdminSetUserPassword",
            new { UserPoolId = pool, Username = "ana", Password, Permanent = true });
        await Call(server, "SetLogDeliveryConfiguration", new
        {
            UserPoolId = pool,
            LogConfigurations = (object[])
            [
                new
                {
                    LogLevel = "ERROR",
                    EventSource = "userNotification",
                    CloudWatchLogsConfiguration = new { LogGroupArn = Messages },
                },
                new
                {
                    LogLevel = "INFO",
                    EventSource = "userAuthEvents",
                    S3Configuration = new { BucketArn = "arn:aws:s3:::sign-ins" },
                },
            ],
        });
        return (pool, client);
    }

    private static Task<JsonObject> SignIn(RunningServer server, string client, string password) => Call(
        server,
        "InitiateAuth",
        new
        {
            ClientId = client,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ana", PASSWORD = password },
        });

    private static async Task<JsonObject> Call(RunningServer server, string operation, object request)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(request);
        var answer = await server.Call(operation, json);
        return answer.Body.Length == 0 ? [] : JsonNode.Parse(answer.Body)!.AsObject();
    }

    private JsonNode[] Read(string name, string pool) =>
    [
        .. File.ReadLines(PathOf(name)).Select(line => JsonNode.Parse(line)!)
            .Where(record => record["stream"]!.GetValue<string>() == pool)
            .Select(record => record["message"]!),
    ];

    private string PathOf(string name) => Path.Combine(folder.FullName, $"{name}.log");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
