using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Risk;

/// <summary>Mails about risky sign-ins.</summary>
public sealed class RiskNotificationTests
{
    [Theory]
    [InlineData("BLOCK", "", "blocked")]
    [InlineData("NO_ACTION", "", "nothing done")]
    [InlineData("MFA_REQUIRED", "e", "asked")]
    [InlineData("MFA_REQUIRED", "", "blocked")]
    [InlineData("MFA_IF_CONFIGURED", "e", "asked")]
    [InlineData("MFA_IF_CONFIGURED", "", "nothing done")]
    public async Task Each_says_what_was_done(string action, string factors, string subject)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world, factors: factors);
        await world.SetTakeover(pool, Worded(action));
        await world.KnownUser(pool, "ana", email: "ana@example.com");
        await world.Raise(pool, "ana", "Medium");

        await pool.SignIn("ana");

        var mail = world.Email.Sent.Single(each => each.Body.StartsWith("<p>", StringComparison.Ordinal));
        Assert.Equal(subject, mail.Subject);
        Assert.Equal("ana@example.com", mail.To);
        Assert.Equal("Guard <guard@example.com>", mail.From);
        Assert.Equal("help@example.com", mail.ReplyTo);
        Assert.Equal(
            "<p>ana Fri Mar 06 04:05:11 UTC 2026 198.51.100.7 unknown unknown Firefox 128, Linux</p>",
            mail.Body);
    }

    [Theory]
    [InlineData("BLOCK", "Gesperrt: ana")]
    [InlineData("NO_ACTION", "Neu: ana")]
    public async Task Each_speaks_the_language_of_its_reader(string action, string body)
    {
        var texts = LocalizedTexts.Read(
            """
            {"*":{"de":{
              "BlockEmail":{"EmailSubject":"Gesperrt","EmailMessage":"Gesperrt: {username}"},
              "AccountTakeOverNotification":{"EmailMessage":"Neu: {username}"}
            }}}
            """u8.ToArray());
        await using var world = await World.Start(DatabaseKind.Memory, texts: texts);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, Worded(action));
        await world.KnownUser(pool, "ana", email: "ana@example.com");
        await world.Admin(
            pool, "AdminUpdateUserAttributes", "ana",
            new { UserAttributes = Calls.Attributes("locale=de-AT") });
        await world.Raise(pool, "ana", "Medium");

        await pool.SignIn("ana");

        var mail = world.Email.Sent[^1];
        Assert.Equal((body, "de"), (mail.Body, mail.Language));
        Assert.Equal(action == "BLOCK" ? "Gesperrt" : "nothing done", mail.Subject);
    }

    [Fact]
    public async Task Where_people_sign_in_with_an_address_they_are_called_by_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var names = Calls.Merge(
            RiskPools.Watching("ENFORCED"), new { UsernameAttributes = (string[])["email"] });
        var pool = await MfaPools.Create(world, "OFF", "", names);
        await world.SetTakeover(pool, Worded("BLOCK"));
        await world.KnownUser(pool, "ana@example.com", email: "ana@example.com");
        world.Source = RiskPools.Elsewhere;

        await pool.SignIn("ana@example.com");

        Assert.StartsWith("<p>ana@example.com Fri", world.Email.Sent[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_name_holds_is_text_and_no_placeholder()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, Worded("BLOCK"));
        await world.KnownUser(pool, "<b>{city}</b>", email: "ana@example.com");
        world.Source = RiskPools.Elsewhere;

        await pool.SignIn("<b>{city}</b>");

        Assert.StartsWith(
            "<p>&lt;b&gt;{city}&lt;/b&gt; Fri", world.Email.Sent[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_becomes_a_mail_and_without_any_words_there_are_words_of_our_own()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        var takeover = RiskPools.Takeover("BLOCK", notify: true);
        await world.SetTakeover(pool, takeover);
        await world.KnownUser(pool, "ana", email: "ana@example.com");
        world.Source = RiskPools.Elsewhere;

        await pool.SignIn("ana");
        Assert.Equal("Blocked sign-in attempt", world.Email.Sent[^1].Subject);
        Assert.Contains("198.51.100.7", world.Email.Sent[^1].Body, StringComparison.Ordinal);
        Assert.Equal("en", world.Email.Sent[^1].Language);
        takeover["NotifyConfiguration"]!["BlockEmail"] =
            Calls.Merge(new { Subject = "S", TextBody = "A <b>\n{ip-address}" }, null);
        await world.SetTakeover(pool, (System.Text.Json.Nodes.JsonObject)takeover.DeepClone());
        await pool.SignIn("ana");

        var sent = world.Email.Sent[^1];
        Assert.Equal("A &lt;b&gt;<br>198.51.100.7", sent.Body);
        Assert.Equal(("A <b>\n198.51.100.7", true), (sent.Text, sent.IsTextOnly));
        Assert.Null(sent.Language);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("ana@example.com", "false")]
    public async Task Nobody_is_written_to_without_a_verified_address(string? email, string? verified)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, Worded("BLOCK"));
        await world.KnownUser(pool, "ana", email);
        if (verified is not null)
        {
            await world.Admin(
                pool, "AdminUpdateUserAttributes", "ana",
                new { UserAttributes = Calls.Attributes($"email_verified={verified}") });
        }

        world.Source = RiskPools.Elsewhere;
        var answer = await pool.SignIn("ana");

        Assert.Equal("NotAuthorizedException", answer.Code);
        Assert.Empty(world.Email.Sent);
    }

    [Fact]
    public async Task A_level_without_notice_writes_to_nobody_and_a_refused_mail_changes_nothing()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, RiskPools.Takeover("BLOCK"));
        await world.KnownUser(pool, "ana", email: "ana@example.com");
        world.Source = RiskPools.Elsewhere;
        await pool.SignIn("ana");
        Assert.Empty(world.Email.Sent);

        await world.SetTakeover(pool, Worded("NO_ACTION"));
        world.Email.Refusal = new DeliveryException("full", permanent: true);

        Assert.Equal("tokens", TestApp.Outcome(await pool.SignIn("ana")));
    }

    private static System.Text.Json.Nodes.JsonObject Worded(string action)
    {
        const string Body =
            "<p>{username} {login-time} {ip-address} {city} {country} {device-name}</p>";
        var takeover = RiskPools.Takeover(action, notify: true);
        var notify = takeover["NotifyConfiguration"]!.AsObject();
        notify["BlockEmail"] = Calls.Merge(new { Subject = "blocked", HtmlBody = Body }, null);
        notify["MfaEmail"] = Calls.Merge(new { Subject = "asked", HtmlBody = Body }, null);
        notify["NoActionEmail"] = Calls.Merge(new { Subject = "nothing done", HtmlBody = Body }, null);
        return takeover;
    }
}
