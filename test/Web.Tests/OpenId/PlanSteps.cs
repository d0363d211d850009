using System.Net;
using System.Text.Json.Nodes;

namespace Lifeguard.Web.Tests.OpenId;

/// <summary>What the modules of a plan do again and again.</summary>
/// <param name="responseMode">Of every request; null where it is left out.</param>
public abstract class PlanSteps(StrictOpenId strict, string? responseMode)
{
    private readonly OpenIdApp app = strict.App;

    protected OpenIdApp Other => strict.Other;

    protected static (string, string) Bearer(JsonObject tokens) =>
        ("Authorization", $"Bearer {tokens["access_token"]!.GetValue<string>()}");

    protected (string Name, string? Value)[] Parameters(params (string Name, string? Value)[] more) =>
        responseMode is null ? more : [("response_mode", responseMode), .. more];

    protected Task<Seen> SignIn(Person person, params (string Name, string? Value)[] parameters) =>
        app.SignIn(person, "ana", Parameters(parameters));

    protected Task<Seen> Open(Person person, params (string Name, string? Value)[] parameters) =>
        person.Open(app.Request(Parameters(parameters)));

    protected async Task Succeeds((string Name, string? Value) parameter)
    {
        using var person = app.NewPerson();
        await app.IdToken(await app.Tokens(await SignIn(person, parameter)));
    }

    /// <summary>What userInfo tells.</summary>
    protected async Task<JsonObject> ClaimsOf(string scope)
    {
        using var person = app.NewPerson();
        var tokens = await app.Tokens(await SignIn(person, ("scope", scope)));
        await app.IdToken(tokens);
        return JsonNode.Parse((await app.UserInfo(tokens)).Body)!.AsObject();
    }

    protected async Task MustTell(Answer answer, JsonObject tokens)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        Assert.StartsWith("application/json", answer.Header("Content-Type"), StringComparison.Ordinal);
        var claims = await app.IdToken(tokens);
        Assert.Equal(
            claims["sub"]!.GetValue<string>(), JsonNode.Parse(answer.Body)!["sub"]!.GetValue<string>());
    }

    protected async Task ReuseOf(string? after)
    {
        using var person = app.NewPerson();
        var back = await SignIn(person);
        var tokens = await app.Tokens(back);
        Assert.Equal(HttpStatusCode.OK, (await app.UserInfo(tokens)).Status);
        if (after is not null) await app.Advance(after);

        var again = await app.Redeem(back.Answer["code"]);

        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"error":"invalid_grant"}"""), (again.Status, again.Body));
        var refused = await app.UserInfo(tokens);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.StartsWith("Bearer error=\"invalid_token\"", refused.Header("WWW-Authenticate"));
    }
}
