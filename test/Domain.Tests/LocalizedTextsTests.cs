using System.Text;
using Lifeguard.Domain.Risk;
using Xunit;

namespace Lifeguard.Domain.Tests;

public sealed class LocalizedTextsTests
{
    private const string Some =
        """
        {
          "*": {
            "de": { "ForgotPassword": { "EmailSubject": "Neu", "EmailMessage": "Code {####}" } },
            "fr": { "ForgotPassword": { "EmailMessage": "fr {####}" } }
          },
          "us-east-1_one": {
            "de-AT": { "ForgotPassword": { "EmailMessage": "at {####}" } },
            "fr": { "ForgotPassword": { "EmailMessage": "ours {####}" } }
          }
        }
        """;

    private static readonly MessageTemplate Own = new("Own subject", "Own {####}");

    [Theory]
    [InlineData("us-east-1_one", "de-AT", "at {####}")]
    [InlineData("us-east-1_one", "de_at", "at {####}")]
    [InlineData("us-east-1_one", "de-CH", "Code {####}")]
    [InlineData("us-east-1_two", "de-AT", "Code {####}")]
    [InlineData("us-east-1_one", "fr-FR", "ours {####}")]
    [InlineData("us-east-1_two", "FR", "fr {####}")]
    [InlineData("us-east-1_two", "es", null)]
    [InlineData("us-east-1_two", "", null)]
    public void The_most_exact_language_comes_first_and_the_pool_before_all(
        string pool, string locale, string? body)
    {
        var found = Read(Some).Find(pool, Reader(locale), MessageSource.ForgotPassword);

        Assert.Equal(body, found?.For(DeliveryMedium.Email, Own, byLink: false)?.Body);
    }

    [Fact]
    public void What_is_missing_stays_as_the_pool_has_it()
    {
        var texts = Read(Some);
        var french = texts.Find("us-east-1_two", Reader("fr"), MessageSource.ForgotPassword)!;

        Assert.Equal("Own subject", french.For(DeliveryMedium.Email, Own, byLink: false)!.Subject);
        Assert.Null(french.For(DeliveryMedium.Sms, Own, byLink: false));
        Assert.Null(texts.Find("us-east-1_two", Reader("fr"), MessageSource.SignUp));
    }

    [Fact]
    public void A_subject_alone_stands_over_the_pools_own_words()
    {
        const string Subjects =
            """{"*":{"de":{"SignUp":{"EmailSubjectByLink":"Bestätigen","EmailSubject":"Code"}}}}""";
        var text = Read(Subjects).Find("p", Reader("de"), MessageSource.SignUp)!;
        var own = Own with { Language = "en" };

        Assert.Equal(own with { Subject = "Code" }, text.For(DeliveryMedium.Email, own, byLink: false));
        Assert.Equal(own with { Subject = "Bestätigen" }, text.For(DeliveryMedium.Email, own, byLink: true));
    }

    [Fact]
    public void A_link_has_words_of_its_own()
    {
        const string Both =
            """{"*":{"de":{"SignUp":{"EmailMessageByLink":"{##Hier##}","EmailMessage":"{####}"}}}}""";
        var text = Read(Both).Find("p", Reader("de"), MessageSource.SignUp)!;

        Assert.Equal("{##Hier##}", text.For(DeliveryMedium.Email, Own, byLink: true)!.Body);
        Assert.Equal("{####}", text.For(DeliveryMedium.Email, Own, byLink: false)!.Body);
    }

    [Theory]
    [InlineData("EmailSubject", "EmailMessage", true)]
    [InlineData("EmailSubjectByLink", "EmailMessageByLink", false)]
    public void Words_of_a_code_and_of_a_link_never_stand_in_for_each_other(
        string subject, string message, bool byLink)
    {
        var only = $$"""
            {"*": {"de": {"SignUp": { "{{subject}}": "Neu", "{{message}}": "{####}" } } } }
            """;
        var text = Read(only).Find("p", Reader("de"), MessageSource.SignUp)!;

        Assert.Null(text.For(DeliveryMedium.Email, Own, byLink));
        Assert.NotNull(text.For(DeliveryMedium.Email, Own, !byLink));
    }

    [Theory]
    [InlineData(RiskResponse.Block, "de", "gesperrt")]
    [InlineData(RiskResponse.AskFactor, "de", "zweiter Nachweis")]
    [InlineData(RiskResponse.Nothing, "de", "neu")]
    [InlineData(RiskResponse.Block, "fr", "nouvelle")]
    [InlineData(RiskResponse.Block, "es", null)]
    public void News_of_a_sign_in_has_words_for_what_was_done(RiskResponse done, string locale, string? body)
    {
        const string News =
            """
            {"*":{
              "de":{
                "BlockEmail":{"EmailMessage":"gesperrt"},
                "MfaEmail":{"EmailMessage":"zweiter Nachweis"},
                "AccountTakeOverNotification":{"EmailMessage":"neu"}},
              "fr":{"AccountTakeOverNotification":{"EmailMessage":"nouvelle"}}
            }}
            """;

        Assert.Equal(body, Read(News).FindNotice("p", Reader(locale), done)?.EmailMessage);
    }

    [Theory]
    [InlineData("[]", "the file: an object is expected.")]
    [InlineData("""{"*":1}""", "*: an object is expected.")]
    [InlineData("""{"*":{"de":{"Nothing":{}}}}""", "*/de/Nothing: there is no message Nothing.")]
    [InlineData("""{"*":{"de":{"SignUp":{"Text":"a"}}}}""", "*/de/SignUp/Text: there is no such text.")]
    [InlineData(
        """{"*":{"de":{"SignUp":{"SmsMessage":1}}}}""", "*/de/SignUp/SmsMessage: a text is expected.")]
    [InlineData(
        """{"*":{"de":{"SignUp":{"SmsMessage":"hello"}}}}""",
        "*/de/SignUp/SmsMessage: there is no place for the code in it.")]
    public void What_is_wrong_is_named(string json, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Read(json)).Message);

    [Fact]
    public void Texts_are_bounded_and_need_be_json()
    {
        var tooLong = """{"*":{"de":{"SignUp":{"SmsMessage":"{####}LONG"}}}}"""
            .Replace("LONG", new string('a', 140), StringComparison.Ordinal);
        Assert.Contains(
            "140", Assert.Throws<FormatException>(() => Read(tooLong)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Read("{"));
        Assert.Throws<FormatException>(() => Read("""{"*":{"de":{},"de":{}}}"""));
    }

    private static LocalizedTexts Read(string json) => LocalizedTexts.Read(Encoding.UTF8.GetBytes(json));

    private static UserAttributes Reader(string locale) => UserAttributes.Empty.With("locale", locale);
}
