using System.Text.Json.Nodes;
using Lifeguard.Domain;
using Lifeguard.Worlds.Passkeys;

namespace Lifeguard.Worlds;

/// <summary>Pools with passkeys and choice-based sign-in, and what their users do with them.</summary>
public static class PasskeyPools
{
    /// <summary>Whom the passkeys are for.</summary>
    public const string Party = "example.org";

    /// <summary>Flows of a client that lets users choose how to sign in.</summary>
    public static readonly string[] Flows =
    [
        "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
    ];

    /// <summary>A pool with these first factors.</summary>
    /// <param name="factors">Letters: p for the password, e and s for codes, w for passkeys.</param>
    /// <param name="configuration">Of passkeys; the relying party alone where left out.</param>
    public static async Task<TestPool> Create(
        World world, string factors = "pw", object? settings = null, object? client = null,
        object? configuration = null)
    {
        string[] allowed = [.. factors.Select(letter => letter switch
        {
            'p' => "PASSWORD",
            'e' => "EMAIL_OTP",
            's' => "SMS_OTP",
            _ => "WEB_AUTHN",
        })];
        var policies = new { Policies = new { SignInPolicy = new { AllowedFirstAuthFactors = allowed } } };
        var hasSms = factors.Contains('s');
        var pool = await TestPool.Create(
            world,
            Calls.Merge(Calls.Merge(hasSms ? MfaPools.Sms("OFF") : new { }, policies), settings),
            Calls.Merge(new { ExplicitAuthFlows = Flows }, client));
        if (factors.Contains('w'))
            await Configure(world, pool, configuration ?? new { RelyingPartyId = Party });
        return pool;
    }

    public static Task<Answer> Configure(World world, TestPool pool, object configuration) => world.Must(
        "SetUserPoolMfaConfig", new { UserPoolId = pool.Id, WebAuthnConfiguration = configuration });

    /// <summary>An authenticator whose answers are the same in every run, so transcripts can show
    /// them.</summary>
    public static SoftwareAuthenticator Steady(this World world, string credentialId = "passkey") =>
        new(PasskeyKey.Rs256(world.Get<RandomSource>().RsaKey()), credentialId);

    /// <summary>The options of a registration that has to be possible.</summary>
    public static async Task<JsonNode> StartPasskey(this World world, string accessToken) =>
        (await world.Must("StartWebAuthnRegistration", new { AccessToken = accessToken }))
            ["CredentialCreationOptions"]!;

    public static Task<Answer> CompletePasskey(
        this World world, string accessToken, JsonNode credential) => world.Call(
        "CompleteWebAuthnRegistration", new { AccessToken = accessToken, Credential = credential });

    /// <summary>Registers the authenticator's passkey, which has to work.</summary>
    public static async Task<SoftwareAuthenticator> RegisterPasskey(
        this World world, string accessToken, SoftwareAuthenticator? authenticator = null)
    {
        authenticator ??= new();
        var credential = authenticator.Create(await world.StartPasskey(accessToken));
        await world.Must(
            "CompleteWebAuthnRegistration", new { AccessToken = accessToken, Credential = credential });
        return authenticator;
    }

    /// <summary>A confirmed user with a password and a passkey.</summary>
    public static async Task<SoftwareAuthenticator> UserWithPasskey(
        this World world, TestPool pool, string username, SoftwareAuthenticator? authenticator = null)
    {
        await pool.ConfirmedUser(username, $"{username}@example.com", "+15550001234");
        return await world.RegisterPasskey(await pool.AccessTokenOf(username), authenticator);
    }
}
