using System.Text.RegularExpressions;
using Lifeguard.Contract;
using Lifeguard.Operations;
using Lifeguard.Operations.Flows;
using Lifeguard.Worlds;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Lifeguard.Wire.Tests.Registration;

/// <summary>Mails whose link holds the code.</summary>
public sealed partial class ConfirmationLinkTests
{
    private const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:worded";

    private static readonly object ByLink = new
    {
        AutoVerifiedAttributes = (string[])["email"],
        VerificationMessageTemplate = new
        {
            DefaultEmailOption = "CONFIRM_WITH_LINK",
            EmailMessageByLink = "<p>Welcome. {##Yes, it is me##}</p>",
            EmailSubjectByLink = "Is it you?",
        },
    };

    [Theory, EachDatabase]
    public async Task Following_it_confirms_once(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);
        var pool = await TestPool.Create(world, ByLink);
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var mail = world.Email.Sent.Single();
        var link = LinkIn(mail.Body);

        Assert.Equal("Is it you?", mail.Subject);
        Assert.Contains(">Yes, it is me</a>", mail.Body, StringComparison.Ordinal);
        Assert.False(await Follow(world, link with { ConfirmationCode = "000000x" }));
        Assert.Equal("UNCONFIRMED", await pool.StatusOf("ana"));
        Assert.True(await Follow(world, link));
        Assert.Equal("CONFIRMED", await pool.StatusOf("ana"));
        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));
        Assert.False(await Follow(world, link));
    }

    [Fact]
    public async Task The_code_in_it_can_be_typed_as_well()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, ByLink);
        await world.SignUp(pool, "ana", "email=ana@example.com");

        var answer = await world.Public(
            pool, "ConfirmSignUp", "ana", new { LinkIn(world.Email.Sent.Single().Body).ConfirmationCode });

        Assert.Equal("200", answer.ToString());
    }

    [Fact]
    public async Task The_code_of_a_new_address_is_one_to_type()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, ByLink);
        await pool.ConfirmedUser("ana", "ana@example.com");
        var token = (await pool.SignIn("ana"))["AuthenticationResult"]!["AccessToken"]!.GetValue<string>();
        await world.Must("UpdateUserAttributes", new
        {
            AccessToken = token,
            UserAttributes = (object[])[new { Name = "email", Value = "new@example.com" }],
        });
        await world.Must(
            "GetUserAttributeVerificationCode", new { AccessToken = token, AttributeName = "email" });

        Assert.Equal(2, world.Email.Sent.Count);
        Assert.All(world.Email.Sent, mail => Assert.Matches(@"code is \d{6}", mail.Body));
        await world.Must("VerifyUserAttribute", new
        {
            AccessToken = token,
            AttributeName = "email",
            Code = pool.LastCode(),
        });
        Assert.Equal("true", await world.AttributeOf(pool, "ana", "email_verified"));
    }

    [Fact]
    public async Task A_reset_never_holds_one_and_an_administrator_causes_none()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, ByLink);
        await pool.ConfirmedUser("ana", "ana@example.com");

        await world.Must("ForgotPassword", new { pool.ClientId, Username = "ana" });
        await world.Must("AdminUpdateUserAttributes", new
        {
            UserPoolId = pool.Id,
            Username = "ana",
            UserAttributes = (object[])[new { Name = "email", Value = "new@example.com" }],
        });

        Assert.Equal(2, world.Email.Sent.Count);
        Assert.All(world.Email.Sent, mail => Assert.Matches(@"code is \d{6}", mail.Body));
    }

    [Fact]
    public async Task A_function_may_word_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        world.Triggers.On(
            CustomMessage,
            happened => happened["response"]!["emailMessage"] =
                "Press " + happened["request"]!["linkParameter"]!.GetValue<string>());
        var pool = await TestPool.Create(
            world, Calls.Merge(ByLink, new { LambdaConfig = new { CustomMessage } }));
        await world.SignUp(pool, "ana", "email=ana@example.com");

        var mail = world.Email.Sent.Single();
        Assert.StartsWith("Press <a href=", mail.Body, StringComparison.Ordinal);
        Assert.True(await Follow(world, LinkIn(mail.Body)));
    }

    [Theory]
    [InlineData("nobody", "000000")]
    [InlineData("ana", "000000")]
    [InlineData("ana", "")]
    [InlineData("", "000000")]
    public async Task What_is_not_good_confirms_nobody(string name, string code)
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, ByLink);
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var link = LinkIn(world.Email.Sent.Single().Body) with
        {
            Username = name,
            ConfirmationCode = code + "x",
        };

        Assert.False(await Follow(world, link));
        Assert.False(await Follow(world, link with { ClientId = "nothing" }));
        Assert.Equal("UNCONFIRMED", await pool.StatusOf("ana"));
    }

    [Fact]
    public async Task Guesses_are_counted_as_typed_ones_are()
    {
        await using var world = await World.Start(DatabaseKind.Memory);
        var pool = await TestPool.Create(world, ByLink);
        await world.SignUp(pool, "ana", "email=ana@example.com");
        var link = LinkIn(world.Email.Sent.Single().Body);

        for (var i = 0; i < 5; i++)
            Assert.False(await Follow(world, link with { ConfirmationCode = $"wrong{i}" }));

        Assert.False(await Follow(world, link));
        Assert.Equal("UNCONFIRMED", await pool.StatusOf("ana"));
    }

    private static Task<bool> Follow(World world, ConfirmSignUpRequest link) => world.Get<ConfirmByLink>()
        .Confirm(
            link,
            new Call(
                "request", world.Get<TimeProvider>().GetUtcNow(), "192.0.2.1", "", CancellationToken.None));

    private static ConfirmSignUpRequest LinkIn(string body)
    {
        var link = new Uri(System.Net.WebUtility.HtmlDecode(Address().Match(body).Groups[1].Value));
        Assert.Equal("/confirmUser/", link.AbsolutePath);
        var query = QueryHelpers.ParseQuery(link.Query);
        return new()
        {
            ClientId = query["client_id"].ToString(),
            Username = query["user_name"].ToString(),
            ConfirmationCode = query["confirmation_code"].ToString(),
        };
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Address();
}
