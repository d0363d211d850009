using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Lifeguard.Operations.Flows;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Security;

/// <summary>Single inputs that have broken other servers.</summary>
public sealed class HostileInputTests
{
    private const string Wrong = "NotAuthorizedException: Incorrect username or password.";

    /// <summary>CVE-2025-24806: five names for one user are no five times as many guesses.</summary>
    [Theory, EachDatabase]
    public async Task A_lockout_is_one_counter_whatever_alias_or_case_is_typed(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        string[] aliases = ["email", "phone_number", "preferred_username"];
        var pool = await TestPool.Create(world, new
        {
            AliasAttributes = aliases,
            UsernameConfiguration = new { CaseSensitive = false },
        });
        var app = new TestApp(world, pool);
        var ana = await pool.ConfirmedUser("ana", "ana@example.com", "+15551230000");
        await world.Must("AdminUpdateUserAttributes", new
        {
            UserPoolId = pool.Id,
            Username = "ana",
            UserAttributes = Calls.Attributes("preferred_username=annie"),
        });
        string[] names = ["ANA", "Ana@Example.com", "+15551230000", "Annie", ana.Sub];

        foreach (var name in names)
            Assert.Equal(Wrong, TestApp.Outcome(await app.Password(name, "Wrong-1234!")));

        foreach (var name in (string[])["ana", .. names])
        {
            Assert.Equal(
                "NotAuthorizedException: Password attempts exceeded",
                TestApp.Outcome(await app.Password(name)));
        }
    }

    /// <summary>CVE-2025-64101: whoever asks for a reset does not write the mail.</summary>
    [Fact]
    public async Task What_a_request_says_of_its_host_gets_into_no_mail()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.SetTakeover(pool, RiskPools.Takeover("NO_ACTION", notify: true));
        await world.KnownUser(pool, "ana", "ana@example.com");
        await world.Raise(pool, "ana", "Low");

        await Ask("ForgotPassword", new { pool.ClientId, Username = "ana" });
        await Ask("InitiateAuth", new
        {
            pool.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
        });

        Assert.Equal(2, world.Email.Sent.Count);
        foreach (var mail in world.Email.Sent)
            Assert.DoesNotContain("evil", mail.Body, StringComparison.Ordinal);

        async Task Ask(string operation, object request)
        {
            var answer = await world.Send(operation, JsonSerializer.Serialize(request), Evil);
            Assert.Equal("200", answer.ToString());
            await world.Get<MessageDelivery>().Idle();
        }

        static string? Evil(string name) => name switch
        {
            "Host" or "X-Forwarded-Host" or "X-Original-Host" or "Origin" => "evil.example",
            "Forwarded" => "host=evil.example;proto=https",
            "Referer" => "https://evil.example/",
            _ => null,
        };
    }

    /// <summary>CVE-2024-28180 and its like: a header is no order to inflate or to derive keys.</summary>
    [Theory]
    [InlineData("""{"cty":"JWT","enc":"A256GCM","alg":"dir","zip":"DEF"}""")]
    [InlineData("""{"cty":"JWT","enc":"A256GCM","alg":"PBES2-HS512+A256KW","p2s":"AAAA","p2c":2147483647}""")]
    [InlineData("""{"enc":"A256GCM","alg":"none"}""")]
    public async Task A_refresh_token_that_asks_for_unzipping_or_key_derivation_is_none(string header)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var app = new TestApp(world, await TestPool.Create(world));
        await app.Pool.ConfirmedUser("ana");
        var parts = (await app.SignedIn("ana")).Refresh!.Split('.');
        parts[0] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header));
        var forged = string.Join('.', parts);

        Assert.Equal(
            "NotAuthorizedException: Invalid Refresh Token.", TestApp.Outcome(await app.Refresh(forged)));
        Assert.Equal(
            "NotAuthorizedException: Invalid Refresh Token.",
            (await world.Refresh(app.Pool, forged)).ToString());
    }

    /// <summary>CVE-2024-47070: what cannot be read as an address is no way around a blocked range.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("192.0.2.1, 203.0.113.7")]
    [InlineData("999.0.2.1")]
    public async Task An_address_that_cannot_be_read_opens_no_blocked_range(string address)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await RiskPools.Create(world);
        await world.KnownUser(pool, "ana");
        await world.Must("SetRiskConfiguration", new
        {
            UserPoolId = pool.Id,
            RiskExceptionConfiguration = new { BlockedIPRangeList = (string[])["192.0.2.0/24"] },
        });

        Assert.False((await From(address)).IsSuccess);
        Assert.Equal("tokens", TestApp.Outcome(await From("203.0.113.7")));

        Task<Answer> From(string told) => world.Call("AdminInitiateAuth", new
        {
            UserPoolId = pool.Id,
            pool.ClientId,
            AuthFlow = "ADMIN_USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "ana", PASSWORD = TestPool.Password },
            ContextData = new
            {
                IpAddress = told,
                ServerName = "app.example.com",
                ServerPath = "/in",
                HttpHeaders = Array.Empty<object>(),
            },
        });
    }
}
