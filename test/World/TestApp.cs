using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lifeguard.Worlds;

/// <summary>
/// An application that signs users in through a client of a pool: publicly, or as a server with the
/// administrators' operations. It sends the secret hash where its client has a secret.
/// </summary>
public sealed class TestApp(World world, TestPool pool, bool byAdministrator = false)
{
    public TestPool Pool => pool;

    /// <summary>What an answer comes to: the challenge it poses, <c>tokens</c>, or the refusal.</summary>
    public static string Outcome(Answer answer) =>
        !answer.IsSuccess ? answer.ToString() : answer["ChallengeName"]?.GetValue<string>() ?? "tokens";

    /// <summary>InitiateAuth or AdminInitiateAuth, with exactly these parameters.</summary>
    public Task<Answer> Start(string flow, params (string Name, string Value)[] parameters) => byAdministrator
        ? world.Call(
            "AdminInitiateAuth",
            new { UserPoolId = pool.Id, pool.ClientId, AuthFlow = flow, AuthParameters = Map(parameters) })
        : world.Call(
            "InitiateAuth", new { pool.ClientId, AuthFlow = flow, AuthParameters = Map(parameters) });

    /// <summary>RespondToAuthChallenge or AdminRespondToAuthChallenge, with exactly these
    /// responses.</summary>
    public Task<Answer> Answer(
        string challenge, string? session, params (string Name, string Value)[] responses) => byAdministrator
        ? world.Call(
            "AdminRespondToAuthChallenge",
            new
            {
                UserPoolId = pool.Id,
                pool.ClientId,
                ChallengeName = challenge,
                Session = session,
                ChallengeResponses = Map(responses),
            })
        : world.Call(
            "RespondToAuthChallenge",
            new
            {
                pool.ClientId,
                ChallengeName = challenge,
                Session = session,
                ChallengeResponses = Map(responses),
            });

    /// <summary>Sends the password in clear.</summary>
    public Task<Answer> Password(string username, string password = TestPool.Password) => Start(
        byAdministrator ? "ADMIN_USER_PASSWORD_AUTH" : "USER_PASSWORD_AUTH",
        [("USERNAME", username), ("PASSWORD", password), .. Hash(username)]);

    /// <summary>Both legs of SRP; the first one's refusal where there is one.</summary>
    public async Task<Answer> Srp(string username, string password = TestPool.Password, SrpClient? srp = null)
    {
        srp ??= new SrpClient();
        var challenge = await StartSrp(username, srp.PublicHex);
        return challenge.IsSuccess ? await Prove(challenge, srp, password) : challenge;
    }

    /// <summary>The first leg of SRP.</summary>
    public Task<Answer> StartSrp(string username, string clientPublic) =>
        Start("USER_SRP_AUTH", [("USERNAME", username), ("SRP_A", clientPublic), .. Hash(username)]);

    /// <summary>The second leg of SRP, with the user name of the challenge.</summary>
    /// <param name="clockOff">How far the application's clock is ahead.</param>
    public Task<Answer> Prove(
        Answer challenge, SrpClient srp, string password = TestPool.Password, TimeSpan clockOff = default) =>
        Answer("PASSWORD_VERIFIER", null, Proof(challenge, srp, password, clockOff));

    /// <summary>The responses that prove the password.</summary>
    public (string Name, string Value)[] Proof(
        Answer challenge, SrpClient srp, string password = TestPool.Password, TimeSpan clockOff = default)
    {
        var timestamp = (world.Clock.GetUtcNow() + clockOff).UtcDateTime.ToString(
            "ddd MMM d HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
        var (userId, block) = (Of("USER_ID_FOR_SRP"), Of("SECRET_BLOCK"));
        var claim = srp.Claim(pool.Id, userId, password, Of("SALT"), Of("SRP_B"), block, timestamp);
        return
        [
            ("USERNAME", userId),
            ("PASSWORD_CLAIM_SECRET_BLOCK", block),
            ("PASSWORD_CLAIM_SIGNATURE", claim),
            ("TIMESTAMP", timestamp),
            .. Hash(userId),
        ];

        string Of(string parameter) => challenge["ChallengeParameters"]![parameter]!.GetValue<string>();
    }

    public Task<Answer> Refresh(string refreshToken, string? hashOver = null) => Start(
        "REFRESH_TOKEN_AUTH",
        [("REFRESH_TOKEN", refreshToken), .. hashOver is null ? [] : Hash(hashOver)]);

    /// <summary>Signs in with the password, which must work.</summary>
    public async Task<TestTokens> SignedIn(string username, string password = TestPool.Password) =>
        TestTokens.Of(await Password(username, password));

    /// <summary>SECRET_HASH, where the client has a secret.</summary>
    public (string Name, string Value)[] Hash(string username)
    {
        if (pool.ClientSecret is not { } secret) return [];
        var mac = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(username + pool.ClientId));
        return [("SECRET_HASH", Convert.ToBase64String(mac))];
    }

    private static Dictionary<string, string> Map((string Name, string Value)[] pairs) =>
        pairs.ToDictionary(pair => pair.Name, pair => pair.Value);
}
