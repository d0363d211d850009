using System.Text.Json.Nodes;

namespace Lifeguard.Worlds;

/// <summary>Pools with threat protection, and sign-ins of a known risk.</summary>
public static class RiskPools
{
    public const string Firefox =
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    /// <summary>Far from where every world's calls come from.</summary>
    public const string Elsewhere = "198.51.100.7";

    /// <summary>Settings of a pool with threat protection.</summary>
    /// <param name="mode">AUDIT, ENFORCED or OFF.</param>
    public static object Watching(string mode) => new
    {
        UserPoolTier = "PLUS",
        UserPoolAddOns = new { AdvancedSecurityMode = mode },
        AutoVerifiedAttributes = (string[])["email"],
    };

    /// <summary>A pool with threat protection.</summary>
    /// <param name="factors">As in <see cref="MfaPools"/>; none by default.</param>
    public static Task<TestPool> Create(
        World world, string mode = "ENFORCED", string factors = "", object? client = null) =>
        MfaPools.Create(world, factors.Length > 0 ? "OPTIONAL" : "OFF", factors, Watching(mode), client);

    /// <summary>A configuration with one action for the risk levels that are named.</summary>
    public static JsonObject Takeover(string action, bool notify = false, params string[] levels)
    {
        var actions = new JsonObject();
        foreach (var level in levels is [] ? ["Low", "Medium", "High"] : levels)
            actions[$"{level}Action"] = new JsonObject { ["EventAction"] = action, ["Notify"] = notify };
        var takeover = new JsonObject { ["Actions"] = actions };
        if (notify) takeover["NotifyConfiguration"] = Calls.Merge(Notify, null);
        return takeover;
    }

    /// <summary>Who sends mails about risks.</summary>
    public static readonly object Notify = new
    {
        SourceArn = "arn:aws:ses:us-east-1:000000000000:identity/guard@example.com",
        From = "Guard <guard@example.com>",
        ReplyTo = "help@example.com",
    };

    /// <summary>Sets what happens at a takeover.</summary>
    public static Task<Answer> SetTakeover(this World world, TestPool pool, JsonObject takeover) =>
        world.Must(
            "SetRiskConfiguration",
            new { UserPoolId = pool.Id, AccountTakeoverRiskConfiguration = takeover });

    /// <summary>Sets what happens with passwords in circulation.</summary>
    public static Task<Answer> SetCompromised(
        this World world, TestPool pool, string action, params string[] filter) => world.Must(
        "SetRiskConfiguration",
        new
        {
            UserPoolId = pool.Id,
            CompromisedCredentialsRiskConfiguration = new
            {
                Actions = new { EventAction = action },
                EventFilter = filter is [] ? null : filter,
            },
        });

    /// <summary>A confirmed user who has signed in once, a second ago, from where calls come from.</summary>
    public static async Task<TestUser> KnownUser(
        this World world, TestPool pool, string username, string? email = null, string? phone = null)
    {
        var user = await pool.ConfirmedUser(username, email, phone);
        await pool.AccessTokenOf(username);
        // Of events of one millisecond nobody can say which came first.
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        return user;
    }

    /// <summary>Brings it about that the next right password of a known user is of this risk.</summary>
    public static async Task Raise(this World world, TestPool pool, string username, string level)
    {
        if (level is "High")
        {
            for (var i = 0; i < 3; i++) await pool.SignIn(username, "Wrong-1234!");
        }

        world.Clock.Advance(TimeSpan.FromSeconds(1));
        if (level is not "None") world.Source = Elsewhere;
        if (level is "Medium" or "High") world.UserAgent = Firefox;
    }

    /// <summary>The user's events, newest first.</summary>
    public static async Task<IReadOnlyList<JsonNode>> EventsOf(
        this World world, TestPool pool, string username)
    {
        var answer = await world.Admin(pool, "AdminListUserAuthEvents", username);
        return [.. answer["AuthEvents"]!.AsArray().Select(each => each!)];
    }

    /// <summary>Type, response, decision, level and proofs of an event in one line.</summary>
    public static string Line(JsonNode happened)
    {
        var risk = happened["EventRisk"]!;
        string?[] words =
        [
            happened["EventType"]!.GetValue<string>(),
            happened["EventResponse"]!.GetValue<string>(),
            risk["RiskDecision"]!.GetValue<string>(),
            risk["RiskLevel"]?.GetValue<string>(),
            risk["CompromisedCredentialsDetected"]!.GetValue<bool>() ? "compromised" : null,
            .. happened["ChallengeResponses"]!.AsArray().Select(one => string.Join(
                '=',
                one!["ChallengeName"]!.GetValue<string>(),
                one["ChallengeResponse"]!.GetValue<string>())),
        ];
        return string.Join(' ', words.OfType<string>());
    }

    /// <summary>The newest event in one line.</summary>
    public static async Task<string> LastEventOf(this World world, TestPool pool, string username) =>
        Line((await world.EventsOf(pool, username))[0]);
}
