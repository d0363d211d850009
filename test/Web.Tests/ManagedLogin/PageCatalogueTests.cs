using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Lifeguard.Contract;
using Lifeguard.Domain;
using Lifeguard.Web.Pages.ManagedLogin;
using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Tests.ManagedLogin;

public sealed class PageCatalogueTests
{
    private static readonly Dictionary<string, string> English = PageCatalogue.Own("en");

    public static TheoryData<string> Languages => [.. PageLanguage.All.Select(language => language.Tag)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_language_has_every_text_with_the_places_of_the_English_one(string tag)
    {
        var texts = PageCatalogue.Own(tag);
        Assert.Equal(English.Keys, texts.Keys);
        Assert.All(texts, text =>
        {
            Assert.Equal(PageCatalogue.Places(English[text.Key]), PageCatalogue.Places(text.Value));
            Assert.Equal(text.Value.Trim(), text.Value);
            Assert.NotEmpty(text.Value);
            Assert.DoesNotContain('<', text.Value);
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_language_is_not_English_under_another_name(string tag)
    {
        if (tag == "en") return;
        var texts = PageCatalogue.Own(tag);
        // Words such as Code, Name and Website are the same in several.
        Assert.InRange(texts.Count(text => text.Value == English[text.Key]), 0, 12);
    }

    [Fact]
    public void Every_text_is_used_and_every_used_text_is_there()
    {
        var asked = new Asked(English);
        var texts = new PageTexts(PageLanguage.English, asked);
        foreach (var property in typeof(PageTexts).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            property.GetValue(texts);
        foreach (var (_, draw) in SamplePages.Friendly.All)
        {
            draw(SampleFrame.Managed with { Texts = texts });
            draw(SampleFrame.Classic with { Texts = texts });
        }

        for (var names = 1; names < 8; names++) texts.NameOf((SignInNames)names);
        foreach (var medium in Enum.GetValues<CodeMedium>())
        {
            texts.WhereIs(new(medium, null));
            texts.WhereIs(new(medium, "a***"));
        }

        foreach (var achievement in Enum.GetValues<Achievement>()) texts.Done(achievement);
        texts.Check("a");
        foreach (var kind in Enum.GetValues<PasswordRuleKind>()) texts.Rule(new(kind));
        string[] standard =
        [
            "address", "birthdate", "family_name", "gender", "given_name", "locale", "middle_name", "name",
            "nickname", "picture", "preferred_username", "profile", "updated_at", "website", "zoneinfo",
        ];
        foreach (var attribute in standard) Assert.NotEqual(attribute, texts.Attribute(attribute));
        Assert.Equal(English.Keys.Order(), asked.Names.Union(RefusalWords.AllKeys).Order());
    }

    [Theory]
    [InlineData("custom:planet", "planet")]
    [InlineData("dev:custom:planet", "planet")]
    [InlineData("email", "E-Mail-Adresse")]
    [InlineData("given_name", "Vorname")]
    public void Attributes_have_names_that_people_know(string name, string label) =>
        Assert.Equal(label, German.Attribute(name));

    [Fact]
    public void Refusals_are_said_in_the_readers_language()
    {
        ApiException[] refusals =
        [
            Reject.WrongPassword(), Reject.UserNotFound(), Reject.UsernameClientNotFound(),
            Reject.UserDisabled(), Reject.PasswordAttemptsExceeded(), Reject.TemporaryPasswordExpired(),
            Reject.CannotResetInThisState(), Reject.RecoveryByAdministratorOnly(), Reject.NoRecoveryContact(),
            Reject.CodeMismatch(), Reject.CodeExpired(), Reject.LimitExceeded(), Reject.TooManyRequests(),
            Reject.PasswordReused(), Reject.AliasExists("email", given: true),
            Reject.AliasExists("phone_number", given: false), Reject.SessionInvalid(),
            Reject.SessionExpired(), Reject.SessionSpent(), Reject.SignInCodeMismatch(),
            Reject.SoftwareTokenMismatch(), Reject.SoftwareTokenUsed(), Reject.SoftwareTokenNotEnabled(),
            Reject.NoSecondFactor(),
        ];
        Assert.All(refusals, refusal => Assert.NotEqual(refusal.Text, German.Said(refusal)));
    }

    [Theory]
    [InlineData("a", "Das Passwort ist zu kurz.")]
    [InlineData("planets planets", "Das Passwort muss eine Ziffer enthalten.")]
    [InlineData("planets1planets", "Das Passwort muss ein Sonderzeichen enthalten.")]
    [InlineData("planets1!planets", "Das Passwort muss einen Großbuchstaben enthalten.")]
    [InlineData("PLANETS1!PLANETS", "Das Passwort muss einen Kleinbuchstaben enthalten.")]
    public void A_password_that_breaks_the_policy_is_refused_in_the_readers_language(
        string password, string said)
    {
        foreach (var atSignUp in (bool[])[true, false])
        {
            var refusal = Assert.Throws<ApiException>(
                () => PasswordPolicy.From(null).Check(password, atSignUp));
            Assert.Equal(said, German.Said(refusal));
        }
    }

    [Theory]
    [InlineData(
        "1 validation error detected: Value 'a b' at 'username' failed to satisfy constraint: Member must "
        + "satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
        "Das ist kein gültiger Name. Er darf keine Leerzeichen enthalten.")]
    [InlineData(
        "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must have "
        + "length greater than or equal to 1",
        "Bitte füllen Sie dieses Feld aus.")]
    [InlineData(
        "2 validation errors detected: Value at 'password' failed to satisfy constraint: Member must have "
        + "length less than or equal to 256; Value 'x' at 'clientId' failed to satisfy constraint: y",
        "Ein Passwort darf nicht mit einem Leerzeichen beginnen oder enden und hat höchstens 256 Zeichen.")]
    [InlineData(
        "1 validation error detected: Value at 'userCode' failed to satisfy constraint: Member must have "
        + "length greater than or equal to 6",
        "Der Code ist falsch. Bitte versuchen Sie es noch einmal.")]
    [InlineData(
        "1 validation error detected: Value null at 'confirmationCode' failed to satisfy constraint: Member "
        + "must not be null",
        "Bitte füllen Sie dieses Feld aus.")]
    [InlineData(
        "1 validation error detected: Value 'x' at 'userAttributes.1.member.value' failed to satisfy "
        + "constraint: Member must have length less than or equal to 2048",
        "Bitte prüfen Sie Ihre Eingaben.")]
    [InlineData("Missing required parameter SMS_MFA_CODE", "Bitte füllen Sie dieses Feld aus.")]
    [InlineData("Missing required parameter NEW_PASSWORD", "Bitte füllen Sie dieses Feld aus.")]
    [InlineData("Missing required parameter USERNAME", "Bitte füllen Sie dieses Feld aus.")]
    [InlineData("Missing required parameter ANSWER", "Bitte prüfen Sie Ihre Eingaben.")]
    [InlineData("Missing required parameter EMAIL", "Bitte prüfen Sie dieses Feld: E-Mail-Adresse")]
    [InlineData("Attributes did not conform to the schema: email: The attribute is required\n",
        "Bitte prüfen Sie dieses Feld: E-Mail-Adresse")]
    [InlineData("Attributes did not conform to the schema: custom:planet: String must not be longer than 4",
        "Bitte prüfen Sie dieses Feld: planet")]
    [InlineData(
        "user.birthdate: Attribute cannot be updated.\n", "Bitte prüfen Sie dieses Feld: Geburtsdatum")]
    [InlineData("Invalid attributes given, name is missing", "Bitte prüfen Sie dieses Feld: Name")]
    [InlineData("Password is required.", "Bitte füllen Sie dieses Feld aus.")]
    [InlineData("Username should be an email.", "Das ist keine gültige E-Mail-Adresse.")]
    [InlineData("Username should be either an email or a phone number.",
        "Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer mit Ländervorwahl ein.")]
    public void What_the_API_says_of_members_is_said_of_what_was_entered(string words, string said) =>
        Assert.Equal(said, German.Said(Reject.InvalidParameter(words)));

    [Fact]
    public void What_a_trigger_says_is_not_taken_for_the_words_of_the_API()
    {
        var refusal = new ApiException(
            Errors.UserLambdaValidationException,
            "PreSignUp failed with error Value at 'username' failed to satisfy constraint: no moons.");
        Assert.Equal(
            "Value at 'username' failed to satisfy constraint: no moons.", German.Said(refusal));
    }

    [Theory]
    [InlineData("Not today", "Not today.")]
    [InlineData("Not today.", "Not today.")]
    [InlineData("Why?", "Why?")]
    [InlineData("今日はできません。", "今日はできません。")]
    [InlineData("It failed with error 7", "It failed with error 7.")]
    [InlineData("", "Etwas funktioniert gerade nicht. Bitte versuchen Sie es später noch einmal.")]
    public void What_a_trigger_says_is_shown_without_the_frame_of_the_API(string words, string said) =>
        Assert.Equal(said, German.Said(new ApiException(
            Errors.UserLambdaValidationException, $"PreSignUp failed with error {words}.")));

    [Theory]
    [InlineData(
        Errors.UnexpectedLambdaException,
        "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.")]
    [InlineData(Errors.InvalidLambdaResponseException, "Unrecognizable lambda output")]
    public void A_trigger_that_does_not_answer_is_no_matter_of_the_readers(string code, string text) =>
        Assert.StartsWith("Etwas funktioniert gerade nicht.", German.Said(new ApiException(code, text)));

    [Fact]
    public void An_administrator_replaces_texts_of_one_language()
    {
        var catalogue = Read("""{"de":{"SignInTitle":"Willkommen","SignInLead":"Auf zu {application}!"}}""");
        Assert.Equal("Willkommen", catalogue.In(PageLanguage.Find("de")!).SignInTitle);
        Assert.Equal("Auf zu <b>!", catalogue.In(PageLanguage.Find("de")!).SignInLead($"<b>").ToString());
        Assert.Equal("Passwort", catalogue.In(PageLanguage.Find("de")!).Password);
        Assert.Equal("Sign in", catalogue.In(PageLanguage.English).SignInTitle);
    }

    [Theory]
    [InlineData("[]", "the file: an object is expected.")]
    [InlineData("{", "It is no JSON: ")]
    [InlineData("""{"de":{"SignIn":"a","SignIn":"b"}}""", "It is no JSON: ")]
    [InlineData("""{"tlh":{}}""", "There is no language tlh.")]
    [InlineData("""{"de":[]}""", "de: an object is expected.")]
    [InlineData("""{"de":{"Nothing":"a"}}""", "de/Nothing: there is no such text.")]
    [InlineData("""{"de":{"SignIn":""}}""", "de/SignIn: a text of 1 to 1000 characters is expected.")]
    [InlineData("""{"de":{"SignIn":7}}""", "de/SignIn: a text of 1 to 1000 characters is expected.")]
    [InlineData(
        """{"de":{"Terms":"{terms}"}}""", "de/Terms: the text has to hold {terms}, {privacy}.")]
    [InlineData(
        """{"de":{"SignIn":"{name}"}}""", "de/SignIn: there is no value to put into this text.")]
    public void A_file_that_holds_something_else_is_refused(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Read(json)).Message);

    [Fact]
    public void A_value_in_a_text_is_not_taken_for_another_place()
    {
        var texts = PageCatalogue.Default.In(PageLanguage.English);
        Assert.Equal(
            "By signing up, you agree to our {privacy} and {terms}.",
            texts.Terms($"{"{privacy}"}", $"{"{terms}"}").ToString());
    }

    [Fact]
    public void Words_are_read_without_mark_up()
    {
        var pages = SamplePages.Friendly.All.Select(page => page.Draw(SampleFrame.Managed).ToString());
        Assert.All(pages, page => Assert.DoesNotMatch(new Regex(@">[^<]*\{[a-z]+\}[^<]*<"), page
            .Split("</style>")[1]));
    }

    /// <summary>Remembers which texts were asked for.</summary>
    private sealed class Asked(Dictionary<string, string> texts) : IReadOnlyDictionary<string, string>
    {
        public HashSet<string> Names { get; } = [];

        public int Count => texts.Count;

        public IEnumerable<string> Keys => texts.Keys;

        public IEnumerable<string> Values => texts.Values;

        public string this[string key] => Noted(key, texts[key]);

        public bool ContainsKey(string key) => texts.ContainsKey(key);

        public bool TryGetValue(string key, out string value)
        {
            var isThere = texts.TryGetValue(key, out value!);
            if (isThere) Names.Add(key);
            return isThere;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => texts.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private string Noted(string key, string text)
        {
            Names.Add(key);
            return text;
        }
    }

    private static PageTexts German => PageCatalogue.Default.In(PageLanguage.Find("de")!);

    private static PageCatalogue Read(string json) => PageCatalogue.Read(Encoding.UTF8.GetBytes(json));
}
