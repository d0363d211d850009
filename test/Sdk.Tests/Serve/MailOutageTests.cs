using System.Text.Json;
using Lifeguard.Sdk.Tests.Parts;

namespace Lifeguard.Sdk.Tests.Serve;

/// <summary>The mail server goes away and comes back. What was acknowledged meanwhile leaves afterwards, once
/// each, and an administrator sees how it stands throughout.</summary>
public sealed class MailOutageTests
{
    private const int Users = 5;

    [Fact]
    public async Task Nothing_is_lost_or_sent_twice_from_a_database_file()
    {
        await using var mail = await SmtpSink.Start();
        await using var installation = Installation.OnFile(mail.Settings);
        await Survive(installation, mail, isKilled: false);
    }

    [Fact]
    public async Task Nothing_is_lost_or_sent_twice_by_a_server_that_is_killed_meanwhile()
    {
        var postgres = Available.Postgres;
        await using var mail = await SmtpSink.Start();
        await using var installation = await Installation.OnPostgres(postgres, mail.Settings);
        await Survive(installation, mail, isKilled: true);
    }

    private static async Task Survive(Installation installation, SmtpSink mail, bool isKilled)
    {
        var program = await RunningLifeguard.Serve(installation);
        try
        {
            var (pool, client) = await Pool(program.Client(program.FirstKey));
            await SignUp(program, client, "before");
            await mail.Mail();
            await mail.GoDown();
            var names = Enumerable.Range(0, Users).Select(number => $"user{number}").ToArray();
            foreach (var name in names) await SignUp(program, client, name);
            await Eventually.Holds(async () => Users == Count(
                await List(installation, pool, "--state", "pending"), "could not be reached"));
            var waiting = await List(installation, pool, "--user", names[0]);
            Assert.Equal(1, Count(waiting, "pending"));
            Assert.Equal(1, Count(waiting, "u***@e***"));
            if (isKilled)
            {
                await program.Kill();
                await program.DisposeAsync();
                program = await RunningLifeguard.Serve(installation);
            }

            await mail.ComeBack();

            var reached = new List<string>();
            while (reached.Count < Users)
                reached.Add((await mail.Mail()).GetProperty("to")[0].GetString()!);
            Assert.Equal(names.Select(name => $"{name}@example.com"), reached.Order());
            await Eventually.Holds(async () =>
                Count(await List(installation, pool, "--state", "sent"), "SignUp") == Users + 1);
            Assert.Equal(0, Count(await List(installation, pool, "--state", "pending"), "SignUp"));
            Assert.Equal(Users, mail.Received);
            var newest = (await List(installation, pool, "--limit", "1")).Trim().Split('\n')[^1];
            var older = await List(installation, pool, "--before", newest.Split(' ')[0].ToUpperInvariant());
            Assert.Equal(Users, Count(older, "SignUp"));
        }
        finally
        {
            await program.DisposeAsync();
        }
    }

    private static int Count(string text, string word) =>
        text.Split('\n').Count(line => line.Contains(word, StringComparison.Ordinal));

    private static async Task<string> List(Installation installation, string pool, params string[] options)
    {
        var finished = await installation.Run(["message", "list", "--pool", pool, .. options]);
        Assert.True(finished.ExitCode == 0, finished.Printed);
        Assert.DoesNotContain("@example.com", finished.Printed, StringComparison.Ordinal);
        return finished.Printed;
    }

    private static async Task<(string Pool, string Client)> Pool(ApiClient api)
    {
        var pool = (await api.Must("CreateUserPool", new
        {
            PoolName = "outage",
            AutoVerifiedAttributes = new[] { "email" },
        })).Text("UserPool.Id");
        var client = await api.Must("CreateUserPoolClient", new { UserPoolId = pool, ClientName = "app" });
        return (pool, client.Text("UserPoolClient.ClientId"));
    }

    private static Task<JsonElement> SignUp(RunningLifeguard program, string client, string name) =>
        program.Client().Must("SignUp", new
        {
            ClientId = client,
            Username = name,
            Password = "First-Passw0rd!",
            UserAttributes = new[] { new { Name = "email", Value = $"{name}@example.com" } },
        });
}
