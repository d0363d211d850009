using System.Text.Json.Nodes;
using Lifeguard.Worlds.Passkeys;

namespace Lifeguard.Worlds;

/// <summary>An application that lets users choose how to sign in.</summary>
public sealed class ChoiceApp(World world, TestPool pool, bool byAdministrator = false)
{
    private readonly TestApp app = new(world, pool, byAdministrator);

    public TestPool Pool => pool;

    public TestApp Plain => app;

    /// <summary>The ways in that an answer lists, with blanks between; empty for none.</summary>
    public static string Offered(Answer answer) => string.Join(
        ' ', answer["AvailableChallenges"]?.AsArray().Select(each => each!.GetValue<string>()) ?? []);

    /// <summary>USER_AUTH, with a preferred way in or none.</summary>
    public Task<Answer> Start(
        string username, string? preferred = null, params (string Name, string Value)[] more) => app.Start(
        "USER_AUTH",
        [
            ("USERNAME", username),
            .. preferred is null ? ((string, string)[])[] : [("PREFERRED_CHALLENGE", preferred)],
            .. more,
            .. app.Hash(username),
        ]);

    /// <summary>Answers the challenge of <paramref name="challenge"/>, in its session.</summary>
    public Task<Answer> Respond(
        Answer challenge, string username, params (string Name, string Value)[] responses) => app.Answer(
        challenge["ChallengeName"]!.GetValue<string>(),
        MfaPools.SessionOf(challenge),
        [("USERNAME", username), .. responses, .. app.Hash(username)]);

    /// <summary>Chooses, in the session of whatever challenge.</summary>
    public Task<Answer> Choose(
        Answer challenge, string username, string answer, params (string Name, string Value)[] more) =>
        app.Answer(
            "SELECT_CHALLENGE",
            MfaPools.SessionOf(challenge),
            [("USERNAME", username), ("ANSWER", answer), .. more, .. app.Hash(username)]);

    /// <summary>What the authenticator says to the options of a challenge, as it is sent.</summary>
    public static string Credential(Answer challenge, SoftwareAuthenticator authenticator) =>
        authenticator.Get(Options(challenge)).ToJsonString();

    public static JsonNode Options(Answer challenge) => JsonNode.Parse(
        challenge["ChallengeParameters"]!["CREDENTIAL_REQUEST_OPTIONS"]!.GetValue<string>())!;

    /// <summary>Signs in with a passkey.</summary>
    public async Task<Answer> Passkey(string username, SoftwareAuthenticator authenticator)
    {
        var challenge = await Start(username, "WEB_AUTHN");
        return TestApp.Outcome(challenge) == "WEB_AUTHN"
            ? await Respond(challenge, username, ("CREDENTIAL", Credential(challenge, authenticator)))
            : challenge;
    }
}
