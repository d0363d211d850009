using System.Text;
using Lifeguard.Domain;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.Senders;

public sealed class LocalizedMessageTests
{
    private const string CustomMessage = "arn:aws:lambda:us-east-1:000000000000:function:worded";

    private static readonly LocalizedTexts Texts = LocalizedTexts.Read(Encoding.UTF8.GetBytes(
        """
        {"*":{"de":{
          "SignUp":{"EmailSubject":"Willkommen","EmailMessage":"Dein Code: {####}"},
          "ForgotPassword":{"EmailSubject":"Neues Passwort","EmailMessage":"Dein Code: {####}"},
          "AdminCreateUser":{"EmailMessage":"{username}, dein Passwort: {####}"}
        }}}
        """));

    [Fact]
    public async Task A_message_speaks_the_language_of_its_reader()
    {
        await using var world = await World.Start(DatabaseKind.Memory, texts: Texts);
        var pool = await TestPool.Create(world, new { AutoVerifiedAttributes = (string[])["email"] });

        await world.SignUp(pool, "ana", "email=ana@example.com;locale=de-AT");
        await world.SignUp(pool, "ben", "email=ben@example.com;locale=es");

        Assert.Equal(["Willkommen", "Your verification code"], world.Email.Sent.Select(mail => mail.Subject));
        Assert.Matches(@"^Dein Code: \d{6}$", world.Email.Sent[0].Body);
        Assert.Equal(["de", "en"], world.Email.Sent.Select(mail => mail.Language));
    }

    [Fact]
    public async Task Nobody_knows_the_language_of_a_pools_own_words()
    {
        await using var world = await World.Start(DatabaseKind.Memory, texts: Texts);
        var pool = await TestPool.Create(world, new
        {
            AutoVerifiedAttributes = (string[])["email"],
            EmailVerificationMessage = "Su código: {####}",
        });

        await world.SignUp(pool, "ben", "email=ben@example.com;locale=es");

        var mail = world.Email.Sent.Single();
        Assert.StartsWith("Su código: ", mail.Body, StringComparison.Ordinal);
        Assert.Null(mail.Language);
    }

    [Fact]
    public async Task A_link_without_words_of_its_own_stays_a_link_in_the_pools_words()
    {
        await using var world = await World.Start(DatabaseKind.Memory, texts: Texts);
        var pool = await TestPool.Create(world, new
        {
            AutoVerifiedAttributes = (string[])["email"],
            VerificationMessageTemplate = new { DefaultEmailOption = "CONFIRM_WITH_LINK" },
        });

        await world.SignUp(pool, "ana", "email=ana@example.com;locale=de");

        var mail = world.Email.Sent.Single();
        Assert.Equal("Your verification link", mail.Subject);
        Assert.Contains(">Verify Email</a>", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_has_name_and_password_in_it()
    {
        await using var world = await World.Start(DatabaseKind.Memory, texts: Texts);
        var pool = await TestPool.Create(world);

        await world.Must("AdminCreateUser", new
        {
            UserPoolId = pool.Id,
            Username = "ana",
            DesiredDeliveryMediums = (string[])["EMAIL"],
            TemporaryPassword = TestPool.Password,
            UserAttributes = (object[])
            [
                new { Name = "email", Value = "ana@example.com" }, new { Name = "locale", Value = "de" },
            ],
        });

        var mail = world.Email.Sent.Single();
        Assert.Equal("Your temporary password", mail.Subject);
        Assert.Equal($"ana, dein Passwort: {TestPool.Password}", mail.Body);
    }

    [Fact]
    public async Task What_a_function_words_comes_before_the_texts()
    {
        await using var world = await World.Start(DatabaseKind.Memory, texts: Texts);
        world.Triggers.On(
            CustomMessage, happened => happened["response"]!["emailMessage"] = "From the function: {####}");
        var pool = await TestPool.Create(world, new
        {
            AutoVerifiedAttributes = (string[])["email"],
            LambdaConfig = new { CustomMessage },
        });

        await world.SignUp(pool, "ana", "email=ana@example.com;locale=de");

        var mail = world.Email.Sent.Single();
        Assert.Equal("Willkommen", mail.Subject);
        Assert.StartsWith("From the function: ", mail.Body, StringComparison.Ordinal);
        Assert.Null(mail.Language);
    }
}
