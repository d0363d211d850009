namespace Lifeguard.Web.Tests.OpenId;

/// <summary>oidcc-formpost-basic-certification-test-plan: answers come in a form that posts itself.</summary>
public sealed class FormPostOpTests(StrictOpenId strict) : BasicPlan(strict, "form_post"),
    IClassFixture<StrictOpenId>
{
    private readonly OpenIdApp app = strict.App;

    [Fact]
    public async Task The_form_leads_to_the_app_and_nowhere_else()
    {
        using var person = app.NewPerson();

        var page = await app.SignIn(person, "ana", ("response_mode", "form_post"));

        Assert.Equal(OpenIdApp.Callback, page.Forms.Single().Action);
        Assert.Contains("form-action 'self' https:;", page.Headers, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_mode_is_refused()
    {
        using var person = app.NewPerson();

        var back = await person.Open(app.Request(("response_mode", "web_message")));

        Assert.Equal("invalid_request", back.Answer["error"]);
    }
}
