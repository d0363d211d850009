using System.Text.Json.Nodes;
using Lifeguard.Domain;
using Lifeguard.Domain.Effects;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Senders;

/// <summary>Messages whose content has become useless before they could leave.</summary>
public sealed class UselessMessageTests
{
    private const string Expired = "The code in it has expired.";
    private const string Replaced = "A newer code has replaced the one in it.";

    private static readonly DeliveryException Away = new("The transport is away.", permanent: false);

    [Theory, EachDatabase]
    public async Task An_expired_reset_code_is_not_sent(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Email.Refusal = Away;
        await world.Public(pool, "ForgotPassword", "ana");

        await Outage(world, TimeSpan.FromHours(1));

        Assert.Equal([$"Failed: {Expired}"], await States(world, pool));
        Assert.Empty(world.Email.Sent);
        Assert.DoesNotContain(
            "sealed", Assert.Single(await world.RowsOf("outbox")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_is_still_good_is_sent_late()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world);
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Email.Refusal = Away;
        await world.Public(pool, "ForgotPassword", "ana");

        await Outage(world, TimeSpan.FromMinutes(59));

        Assert.Equal(["Sent: The transport is away."], await States(world, pool));
    }

    [Fact]
    public async Task A_code_is_not_sent_once_its_sign_in_has_ended()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await MfaPools.Create(world, "ON", "e", new JsonObject());
        await pool.ConfirmedUser("ana", email: "ana@example.com");
        world.Email.Refusal = Away;
        await pool.SignIn("ana");

        await Outage(world, TimeSpan.FromMinutes(3));

        Assert.Equal([$"Failed: {Expired}"], await States(world, pool));
    }

    [Fact]
    public async Task An_invitation_is_not_sent_once_its_password_has_expired()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(
            world, new { Policies = new { PasswordPolicy = new { TemporaryPasswordValidityDays = 2 } } });
        world.Email.Refusal = Away;
        await Invite(world, pool, null);

        await Outage(world, TimeSpan.FromDays(2));

        Assert.Equal(["Failed: The temporary password in it has expired."], await States(world, pool));
    }

    [Theory, EachDatabase]
    public async Task Of_several_codes_only_the_newest_is_sent(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, PoolKinds.Of("email alias"));
        world.Email.Refusal = Away;
        await world.SignUp(pool, "ana", "email=ana@example.com");
        await world.SignUp(pool, "ben", "email=ben@example.com");
        for (var i = 0; i < 2; i++)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.Public(pool, "ResendConfirmationCode", "ana");
        }

        await Outage(world, TimeSpan.FromMinutes(2));

        Assert.Equal(
            [$"Failed: {Replaced}", $"Failed: {Replaced}", "Sent: The transport is away.",
                "Sent: The transport is away."],
            (await States(world, pool)).Order(StringComparer.Ordinal));
        Assert.Equal(2, world.Email.Sent.Count);
        var newest = world.Email.Sent.Single(mail => mail.To == "ana@example.com");
        var code = new string([.. newest.Body.Where(char.IsAsciiDigit)]);
        Assert.Equal("200", $"{await world.Public(
            pool, "ConfirmSignUp", "ana", new { ConfirmationCode = code })}");
    }

    [Fact]
    public async Task Of_several_invitations_only_the_newest_is_sent_to_each_destination()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, SenderPools.Settings(""));
        world.Email.Refusal = world.Sms.Refusal = Away;
        await Invite(world, pool, null, "EMAIL");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await Invite(world, pool, "RESEND", "EMAIL", "SMS");
        world.Sms.Refusal = null;

        await Outage(world, TimeSpan.FromMinutes(2));

        Assert.Equal(
            ["Failed: A newer temporary password has replaced the one in it.",
                "Sent: The transport is away.", "Sent: The transport is away."],
            (await States(world, pool)).Order(StringComparer.Ordinal));
        Assert.Single(world.Email.Sent);
        Assert.Single(world.Sms.Sent);
    }

    private static Task<Answer> Invite(
        World world, TestPool pool, string? action, params string[] mediums)
    {
        var request = new JsonObject
        {
            ["UserAttributes"] = JsonNode.Parse(
                """
                [{"Name":"email","Value":"ana@example.com"},{"Name":"phone_number","Value":"+15551230001"}]
                """),
            ["DesiredDeliveryMediums"] =
                new JsonArray([.. (mediums.Length > 0 ? mediums : ["EMAIL"]).Select(m => (JsonNode)m)]),
        };
        if (action is not null) request["MessageAction"] = action;
        return world.Admin(pool, "AdminCreateUser", "ana", request);
    }

    /// <summary>The mail server comes back after so long.</summary>
    private static async Task Outage(World world, TimeSpan length)
    {
        world.Clock.Advance(length);
        world.Email.Refusal = null;
        await world.DeliverDue();
    }

    /// <summary>Of each message.</summary>
    private static async Task<IEnumerable<string>> States(World world, TestPool pool) =>
        (await world.Get<Outbox>().List(pool.Id, new(), 9, TestContext.Current.CancellationToken))
        .Select(entry => $"{entry.State}: {entry.Error}");
}
