using System.Net;
using System.Text.Json;

namespace Lifeguard.Web.Tests;

/// <summary>What became of messages, for tests.</summary>
public sealed class MessagesControlTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Shows_a_pools_messages_in_pages_with_masked_destinations()
    {
        var pool = await Pool();
        foreach (var name in (string[])["ana", "ben"]) await Invite(pool, name);

        var all = await Eventually($"?pool={pool}&state=sent", count: 2);

        Assert.All(all, message => Assert.Equal("a***@e***", Text(message, "to").Replace('b', 'a')));
        Assert.All(all, message => Assert.Equal("AdminCreateUser", Text(message, "purpose")));
        var first = Assert.Single(await List($"?pool={pool}&limit=1"));
        var second = Assert.Single(await List($"?pool={pool}&limit=9&before={Text(first, "id")}"));
        Assert.Equal(all.Select(each => Text(each, "id")), [Text(first, "id"), Text(second, "id")]);
        Assert.Equal("a***@e***", Text(Assert.Single(await List($"?pool={pool}&user=ana")), "to"));
        Assert.Empty(await List($"?pool={pool}&user=nobody"));
        Assert.Empty(await List($"?pool={pool}&state=failed"));
        var one = await server.Get($"/_lifeguard/messages/{Text(first, "id")}");
        Assert.Equal("sent", Text(Body(one.Body), "state"));
        Assert.DoesNotContain("@example.com", one.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?pool=us-east-1_Nobody000")]
    [InlineData("?pool=POOL&state=lost")]
    [InlineData("?pool=POOL&limit=x")]
    public async Task Refuses_what_it_does_not_understand(string query)
    {
        var pool = await Pool();

        var answer = await server.Get($"/_lifeguard/messages{query.Replace("POOL", pool)}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Knows_no_message_of_another_id() =>
        Assert.Equal(HttpStatusCode.NotFound, (await server.Get("/_lifeguard/messages/none")).Status);

    private async Task<string> Pool()
    {
        var made = await server.Call("CreateUserPool", """{"PoolName":"p"}""");
        return Text(Body(made.Body).GetProperty("UserPool"), "Id");
    }

    private Task<Answer> Invite(string pool, string name) => server.Call("AdminCreateUser", $$"""
        {
          "UserPoolId": "{{pool}}", "Username": "{{name}}", "DesiredDeliveryMediums": ["EMAIL"],
          "UserAttributes": [{ "Name": "email", "Value": "{{name}}@example.com" }]
        }
        """);

    /// <summary>That a message has left is noted after the answer.</summary>
    private async Task<JsonElement[]> Eventually(string query, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var found = await List(query);
            if (found.Length == count) return found;
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<JsonElement[]> List(string query)
    {
        var answer = await server.Get($"/_lifeguard/messages{query}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return [.. Body(answer.Body).GetProperty("messages").EnumerateArray()];
    }

    private static JsonElement Body(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement from, string member) => from.GetProperty(member).GetString()!;
}
