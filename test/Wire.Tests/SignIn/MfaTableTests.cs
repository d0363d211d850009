using System.Text.Json;
using System.Text.Json.Nodes;
using Lifeguard.Domain;
using Lifeguard.Domain.Mfa;
using Lifeguard.Operations.Flows;
using Lifeguard.Protocol.Totp;
using Lifeguard.Storage;
using Lifeguard.Worlds;
using Xunit;

namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>
/// Every flow with every status and every second factor, from the password to the tokens or to the refusal.
/// Factors are letters: s for SMS, t for TOTP, e for e-mail.
/// </summary>
public sealed class MfaTableTests
{
    private static readonly string[] Flows =
        ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_SRP_AUTH"];

    private static readonly string[] Statuses =
        ["CONFIRMED", "FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "RESET_REQUIRED"];

    private static readonly string[] Having = ["", "s", "t", "e", "ste"];

    [Theory]
    [InlineData("OFF", "s")]
    [InlineData("OPTIONAL", "s")]
    [InlineData("OPTIONAL", "t")]
    [InlineData("OPTIONAL", "e")]
    [InlineData("OPTIONAL", "ste")]
    [InlineData("ON", "s")]
    [InlineData("ON", "t")]
    [InlineData("ON", "e")]
    [InlineData("ON", "ste")]
    public async Task Goes_the_way_that_is_expected(string mfa, string offers)
    {
        await using var world = await World.Start(DatabaseKind.Memory);

        var seen = await Walk(world, mfa, offers, _ => true);

        Assert.InRange(seen.Count, 100, 400);
        Assert.Equal(seen.Select(each => each.Expected), seen.Select(each => each.Actual));
    }

    [Theory, EachDatabase]
    public async Task Goes_the_same_way_on_every_database(DatabaseKind kind)
    {
        await using var world = await World.Start(kind);

        foreach (var mfa in (string[])["OPTIONAL", "ON"])
        {
            var seen = await Walk(world, mfa, "ste", number => number % 7 == 0);
            Assert.Equal(seen.Select(each => each.Expected), seen.Select(each => each.Actual));
        }
    }

    private static async Task<List<(string Expected, string Actual)>> Walk(
        World world, string mfa, string offers, Func<int, bool> isTaken)
    {
        var pool = await MfaPools.Create(world, mfa, offers);
        var seen = new List<(string, string)>();
        var cases =
            from flow in Flows
            from status in Statuses
            from has in Having
            from switched in new[] { "", has, Preferring(has) }.Distinct()
            select new Case(flow, status, mfa, offers, has, switched);
        foreach (var (number, each) in cases.Index())
        {
            if (!isTaken(number)) continue;
            var username = $"user-{number}";
            await Create(world, pool, username, each);
            var way = await new Walker(world, pool, username).Go(each.Flow);
            seen.Add(($"{each}: {Expected(each)}", $"{each}: {way}"));
        }

        return seen;
    }

    // The reference: status before second factors, new password before second factors, one factor asked for,
    // a preferred one before a choice, a choice before set-up.
    private static string Expected(Case given)
    {
        if (given.Status == "UNCONFIRMED") return "UserNotConfirmedException";
        if (given.Status == "RESET_REQUIRED") return "PasswordResetRequiredException";
        var first = given.Status == "FORCE_CHANGE_PASSWORD" ? "NEW_PASSWORD_REQUIRED > " : "";
        return first + SecondFactor(given);
    }

    private static string SecondFactor(Case given)
    {
        if (given.Mfa == "OFF") return "tokens";
        var usable = "ste".Where(given.Has.Contains)
            .Where(factor => factor == 't' || given.Offers.Contains(factor))
            .ToList();
        var on = given.On.ToLowerInvariant();
        var asked = usable.Where(on.Contains).ToList();
        if (asked.Count == 0 && given.Mfa == "ON") asked = usable;
        var preferred = given.On.Where(char.IsUpper).Select(char.ToLowerInvariant).FirstOrDefault();
        if (asked.Count > 1)
        {
            return asked.Contains(preferred)
                ? $"{Name(preferred)} > tokens"
                : $"SELECT_MFA_TYPE > {Name(asked[^1])} > tokens";
        }

        if (asked is [var only]) return $"{Name(only)} > tokens";
        var first = given.Offers[0];
        if (given.Mfa == "ON")
            return first == 't' ? "MFA_SETUP > tokens" : $"MFA_SETUP > {Name(first)} > tokens";
        return on.Any(given.Offers.Contains) ? "MFAMethodNotFoundException" : "tokens";
    }

    private static string Name(char letter) => letter switch
    {
        's' => "SMS_MFA",
        't' => "SOFTWARE_TOKEN_MFA",
        _ => "EMAIL_OTP",
    };

    private static string Preferring(string has) =>
        has.Length == 0 ? "" : has[..^1] + char.ToUpperInvariant(has[^1]);

    private static async Task Create(World world, TestPool pool, string username, Case given)
    {
        var attributes = (given.Has.Contains('s') ? "phone_number=+15551230000;" : "")
            + (given.Has.Contains('e') ? "email=ana@example.com" : "");
        var request = new
        {
            UserPoolId = pool.Id,
            Username = username,
            TemporaryPassword = TestPool.Password,
            MessageAction = "SUPPRESS",
            UserAttributes = Calls.Attributes(attributes),
        };
        await world.Send("AdminCreateUser", JsonSerializer.Serialize(request));
        var stored = await world.Get<PoolStore>().Get(pool.Id, CancellationToken.None);
        var user = await world.Get<ResolveUser>().Get(stored, username, CancellationToken.None);
        user = user with { Status = given.Status, Mfa = Preference(given.On) };
        var token = new SoftwareToken { PoolId = pool.Id, Sub = user.Sub, Verified = Walker.Secret };
        await world.Database.Write(
            async transaction =>
            {
                await world.Get<UserStore>().Update(transaction, user, stored, CancellationToken.None);
                if (given.Has.Contains('t'))
                    await world.Get<SoftwareTokenStore>().Save(transaction, token, CancellationToken.None);
            },
            CancellationToken.None);
    }

    private static MfaPreference Preference(string on) => new(
        [.. on.Select(letter => Name(char.ToLowerInvariant(letter)))],
        on.Where(char.IsUpper).Select(letter => Name(char.ToLowerInvariant(letter))).FirstOrDefault());

    /// <param name="On">Switched on; the preferred one in upper case.</param>
    private sealed record Case(string Flow, string Status, string Mfa, string Offers, string Has, string On);

    /// <summary>A user's way through a sign-in, with the right answer to everything.</summary>
    private sealed class Walker(World world, TestPool pool, string username)
    {
        public static readonly byte[] Secret =
            [.. Enumerable.Range(1, TotpCode.SecretLength).Select(number => (byte)number)];

        private Authenticator authenticator = new(world, Base32.Encode(Secret));

        public async Task<string> Go(string flow)
        {
            var way = new List<string>();
            var answer = await Start(flow);
            for (var step = 0; step < 6; step++)
            {
                way.Add(answer.Code ?? TestApp.Outcome(answer));
                if (answer["ChallengeName"]?.GetValue<string>() is not { } challenge) break;
                answer = await Answer(challenge, answer);
            }

            return string.Join(" > ", way);
        }

        private async Task<Answer> Start(string flow)
        {
            if (flow != "USER_SRP_AUTH")
            {
                var isAdmin = flow.StartsWith("ADMIN", StringComparison.Ordinal);
                return await Send(isAdmin ? "AdminInitiateAuth" : "InitiateAuth", new
                {
                    UserPoolId = isAdmin ? pool.Id : null,
                    pool.ClientId,
                    AuthFlow = flow,
                    AuthParameters = new { USERNAME = username, PASSWORD = TestPool.Password },
                });
            }

            var srp = new SrpClient();
            var challenge = await Send("InitiateAuth", new
            {
                pool.ClientId,
                AuthFlow = flow,
                AuthParameters = new { USERNAME = username, SRP_A = srp.PublicHex },
            });
            return challenge.IsSuccess
                ? await Respond("PASSWORD_VERIFIER", null, new TestApp(world, pool).Proof(challenge, srp))
                : challenge;
        }

        private Task<Answer> Answer(string challenge, Answer posed)
        {
            var session = MfaPools.SessionOf(posed);
            return challenge switch
            {
                "NEW_PASSWORD_REQUIRED" => Respond(challenge, session, ("NEW_PASSWORD", "New-1234!")),
                "SMS_MFA" => Respond(challenge, session, ("SMS_MFA_CODE", world.LastSmsCode())),
                "EMAIL_OTP" => Respond(challenge, session, ("EMAIL_OTP_CODE", world.LastEmailCode())),
                "SOFTWARE_TOKEN_MFA" => Respond(
                    challenge, session, ("SOFTWARE_TOKEN_MFA_CODE", authenticator.Code())),
                "SELECT_MFA_TYPE" => Respond(
                    challenge, session, ("ANSWER", Listed(posed, "MFAS_CAN_CHOOSE")[^1])),
                _ => SetUp(session, Listed(posed, "MFAS_CAN_SETUP")[0]),
            };
        }

        private async Task<Answer> SetUp(string session, string factor)
        {
            if (factor == "SMS_MFA")
                return await Respond("MFA_SETUP", session, ("PHONE_NUMBER", "+15559990000"));
            if (factor == "EMAIL_OTP")
                return await Respond("MFA_SETUP", session, ("EMAIL", "new@example.com"));
            var associated = await Send("AssociateSoftwareToken", new { Session = session });
            authenticator = new(world, associated["SecretCode"]!.GetValue<string>());
            var verified = await Send(
                "VerifySoftwareToken",
                new { Session = MfaPools.SessionOf(associated), UserCode = authenticator.Code() });
            return await Respond("MFA_SETUP", MfaPools.SessionOf(verified));
        }

        private Task<Answer> Respond(
            string challenge, string? session, params (string Name, string Value)[] responses) =>
            Send("RespondToAuthChallenge", new
            {
                pool.ClientId,
                ChallengeName = challenge,
                Session = session,
                ChallengeResponses = responses.Append(("USERNAME", username)).DistinctBy(pair => pair.Item1)
                    .ToDictionary(pair => pair.Item1, pair => pair.Item2),
            });

        private async Task<Answer> Send(string operation, object request)
        {
            var answer = await world.Send(operation, JsonSerializer.Serialize(request));
            await world.Get<MessageDelivery>().Idle();
            return answer;
        }

        private static string[] Listed(Answer posed, string parameter) =>
            [.. JsonNode.Parse(posed["ChallengeParameters"]![parameter]!.GetValue<string>())!.AsArray()
                .Select(each => each!.GetValue<string>())];
    }
}
