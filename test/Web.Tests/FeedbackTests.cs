using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifeguard.Web.Tests;

/// <summary>The links of mails about risky sign-ins.</summary>
public sealed partial class FeedbackTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Password = "Old-1234!";

    [Fact]
    public async Task A_link_asks_and_only_its_button_answers()
    {
        var (pool, link) = await Mailed("one");

        var page = await server.Get(link);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("No, it was not me", page.Body, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Header("Cache-Control"));
        Assert.Equal("no-referrer", page.Header("Referrer-Policy"));
        Assert.StartsWith("default-src 'none'", page.Header("Content-Security-Policy"));
        Assert.Null(await FeedbackOf(pool));

        var thanks = await server.Send(HttpMethod.Post, link);
        Assert.Equal(HttpStatusCode.OK, thanks.Status);
        Assert.Equal("Invalid User", await FeedbackOf(pool));
        await server.Send(HttpMethod.Post, link.Replace("/invalid?", "/valid?", StringComparison.Ordinal));
        Assert.Equal("Valid User", await FeedbackOf(pool));
    }

    [Fact]
    public async Task What_is_no_good_link_answers_nothing()
    {
        var (pool, link) = await Mailed("two");
        (HttpMethod Method, string Path, HttpStatusCode Status)[] cases =
        [
            (HttpMethod.Post, link + "A", HttpStatusCode.BadRequest),
            (HttpMethod.Post, link.Replace(pool, "us-east-1_Nowhere00", StringComparison.Ordinal),
                HttpStatusCode.BadRequest),
            (HttpMethod.Post, link[..link.IndexOf('?', StringComparison.Ordinal)], HttpStatusCode.BadRequest),
            (HttpMethod.Post, link + new string('A', 2000), HttpStatusCode.BadRequest),
            (HttpMethod.Get, link.Replace("/invalid?", "/perhaps?", StringComparison.Ordinal),
                HttpStatusCode.NotFound),
            (HttpMethod.Put, link, HttpStatusCode.MethodNotAllowed),
        ];

        foreach (var (method, path, status) in cases)
            Assert.Equal(status, (await server.Send(method, path)).Status);

        Assert.Null(await FeedbackOf(pool));
    }

    private async Task<(string Pool, string Link)> Mailed(string name)
    {
        var pool = (await Must("CreateUserPool", new
        {
            PoolName = name,
            UserPoolTier = "PLUS",
            UserPoolAddOns = new { AdvancedSecurityMode = "ENFORCED" },
        }))["UserPool"]!["Id"]!.GetValue<string>();
        var client = (await Must("CreateUserPoolClient", new
        {
            UserPoolId = pool,
            ClientName = "app",
            ExplicitAuthFlows = (string[])["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
        }))["UserPoolClient"]!["ClientId"]!.GetValue<string>();
        await Must("SetRiskConfiguration", new
        {
            UserPoolId = pool,
            AccountTakeoverRiskConfiguration = new
            {
                Actions = new { LowAction = new { EventAction = "NO_ACTION", Notify = true } },
                NotifyConfiguration = new
                {
                    SourceArn = "arn:aws:ses:us-east-1:000000000000:identity/a@example.com",
                },
            },
        });
        await Must("AdminCreateUser", new
        {
            UserPoolId = pool,
            Username = "ana",
            MessageAction = "SUPPRESS",
            UserAttributes = (object[])
            [
                new { Name = "email", Value = $"{name}@example.com" },
                new { Name = "email_verified", Value = "true" },
            ],
        });
        await Must("AdminSetUserPassword", new
        {
            UserPoolId = pool,
            Username = "ana",
            Password,
            Permanent = true,
        });
        foreach (var address in (string[])["192.0.2.1", "198.51.100.1"])
            await SignIn(pool, client, address);

        var mail = await server.Get($"/_lifeguard/inbox/wait?to={name}@example.com&timeout=10");
        var link = Link().Match(JsonNode.Parse(mail.Body)!["body"]!.GetValue<string>()).Value;
        Assert.StartsWith(server.Address.ToString(), link);
        return (pool, new Uri(link).PathAndQuery);
    }

    private Task<JsonNode> SignIn(string pool, string client, string address) => Must(
        "AdminInitiateAuth",
        new
        {
            UserPoolId = pool,
            ClientId = client,
            AuthFlow = "ADMIN_USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ana", PASSWORD = Password },
            ContextData = new
            {
                IpAddress = address,
                ServerName = "app",
                ServerPath = "/",
                HttpHeaders = Array.Empty<object>(),
            },
        });

    private async Task<string?> FeedbackOf(string pool)
    {
        var list = await Must(
            "AdminListUserAuthEvents", new { UserPoolId = pool, Username = "ana", MaxResults = 1 });
        var feedback = list["AuthEvents"]![0]!["EventFeedback"];
        return feedback is null ? null : $"{feedback["FeedbackValue"]} {feedback["Provider"]}";
    }

    private async Task<JsonNode> Must(string operation, object request)
    {
        var answer = await server.Call(operation, JsonSerializer.Serialize(request));
        Assert.True(answer.Status == HttpStatusCode.OK, $"{operation}: {answer.Body}");
        return JsonNode.Parse(answer.Body)!;
    }

    [GeneratedRegex("http[^\"]*/invalid\\?token=[A-Za-z0-9_-]+")]
    private static partial Regex Link();
}
