namespace Lifeguard.Web.Tests.OpenId;

/// <summary>What somebody has achieved is told also where the sign-in that follows is refused.</summary>
public sealed class RefusedAfterwardsTests(Doorkeeper doorkeeper) : IClassFixture<Doorkeeper>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Who_has_changed_a_password_learns_so_though_the_sign_in_is_refused(int version)
    {
        var app = await doorkeeper.Guarded(version);
        using var person = app.NewPerson();
        var forgot = await person.Open((await Login(app, person)).Replace("/login", "/forgotPassword"));
        var reset = await person.Fill(forgot, ("username", "ana"));

        var told = await person.Fill(
            reset, ("code", await app.LastCode("+15555550100")), ("password", "New-Passw0rd!"));

        MustTell(told, "ana", "Your password has been changed.");
    }

    [Fact]
    public async Task Who_has_confirmed_an_account_learns_so_though_the_sign_in_is_refused()
    {
        var app = await doorkeeper.Guarded();
        using var person = app.NewPerson();
        var confirm = await SignUp(app, person, "eva");

        var told = await person.Fill(confirm, ("code", await app.LastCode("eva@example.com")));
        var german = await person.Open(told.In("de"));

        MustTell(told, "eva", "Your account is confirmed.");
        Assert.DoesNotContain("You can sign in now", told.Html);
        MustTell(german, "eva", "Ihr Konto ist bestätigt.");
    }

    [Fact]
    public async Task Who_has_registered_learns_so_though_the_sign_in_is_refused()
    {
        var app = await doorkeeper.Guarded();
        using var person = app.NewPerson();

        var told = await SignUp(app, person, Doorkeeper.Welcome + "ida");

        MustTell(told, Doorkeeper.Welcome + "ida", "Your account has been created.");
    }

    /// <summary>The sign-in is told of what was achieved, and why it goes no further.</summary>
    private static void MustTell(Seen page, string name, string achieved)
    {
        Assert.True(page.AsksForPassword, page.Html);
        Assert.EndsWith("/login", page.Url.AbsolutePath);
        Assert.Contains(achieved, page.Html);
        Assert.Contains(Doorkeeper.Refusal, page.Html);
        Assert.Contains("role=\"status\"", page.Html);
        Assert.Contains("role=\"alert\"", page.Html);
        Assert.Contains($"value=\"{name}\"", page.Html);
    }

    private static async Task<Seen> SignUp(OpenIdApp app, Person person, string name)
    {
        var signUp = await person.Open((await Login(app, person)).Replace("/login", "/signup"));
        return await person.Fill(
            signUp, ("username", name), ("password", OpenIdApp.Password),
            ("requiredAttributes[email]", $"{name}@example.com"));
    }

    private static async Task<string> Login(OpenIdApp app, Person person) =>
        (await person.Open(app.Request())).Url.ToString();
}
