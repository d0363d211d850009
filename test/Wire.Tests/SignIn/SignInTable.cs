namespace Lifeguard.Wire.Tests.SignIn;

/// <summary>
/// One sign-in with the right answer to everything. Factors are letters: s for SMS, t for an authenticator, e
/// for e-mail.
/// </summary>
/// <param name="Flow">One of <see cref="SignInTable.Flows"/>.</param>
/// <param name="State">One of <see cref="SignInTable.States"/>.</param>
/// <param name="Mfa">Of the pool: OFF, OPTIONAL or ON.</param>
/// <param name="Offers">The pool's second factors.</param>
/// <param name="Has">What the user has.</param>
/// <param name="On">What the user has switched on; the preferred one in upper case.</param>
internal sealed record SignInCase(
    string Flow, string State, string Mfa, string Offers, string Has, string On)
{
    public override string ToString() =>
        $"{Flow}, {State}, MFA {Mfa} by {Offers}, user has '{Has}' and switched on '{On}'";
}

/// <summary>
/// What a sign-in comes to, as the documentation of the service has it, apart from the server's code: who
/// may sign in at all, what proves who it is, and what is asked for after that.
/// </summary>
internal static class SignInTable
{
    public const string Disabled = "NotAuthorizedException: User is disabled.";
    public const string Unconfirmed = "UserNotConfirmedException";
    public const string ResetRequired = "PasswordResetRequiredException";
    public const string NoFactorLeft = "MFAMethodNotFoundException";

    private const string Tokens = "tokens";
    private const string Device = "DEVICE_SRP_AUTH > DEVICE_PASSWORD_VERIFIER > tokens";

    /// <summary>A second word is the preferred challenge of USER_AUTH; of CUSTOM_AUTH, that the triggers ask
    /// one challenge, or for the password by SRP, instead of letting the user in at once.</summary>
    public static readonly string[] Flows =
    [
        "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_SRP_AUTH", "REFRESH_TOKEN_AUTH",
        "CUSTOM_AUTH", "CUSTOM_AUTH asking", "CUSTOM_AUTH SRP",
        "USER_AUTH", "USER_AUTH PASSWORD", "USER_AUTH PASSWORD_SRP", "USER_AUTH EMAIL_OTP",
        "USER_AUTH SMS_OTP",
    ];

    /// <summary>The statuses; a user who is disabled; and one who is confirmed and signs in on a remembered
    /// device.</summary>
    public static readonly string[] States =
    [
        "CONFIRMED", "FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "RESET_REQUIRED", "DISABLED", "REMEMBERED",
    ];

    /// <summary>The way from the first answer to the tokens or to the refusal. The legs of SRP are left
    /// out.</summary>
    public static string Expected(SignInCase given)
    {
        // Whoever is disabled gets in by no flow at all.
        if (given.State == "DISABLED") return Disabled;
        return given.Flow.Split(' ')[0] switch
        {
            "REFRESH_TOKEN_AUTH" => given.State == "RESET_REQUIRED" ? ResetRequired : Tokens,
            // A password brings with it what it brings everywhere.
            "CUSTOM_AUTH" => given.Flow == "CUSTOM_AUTH SRP" ? Proved(given) : Custom(given),
            "USER_AUTH" => Choice(given),
            _ => Proved(given),
        };
    }

    /// <summary>The name of the challenge for a factor.</summary>
    public static string Name(char letter) => letter switch
    {
        's' => "SMS_MFA",
        't' => "SOFTWARE_TOKEN_MFA",
        _ => "EMAIL_OTP",
    };

    // Once the password is proved: status before second factors, a new password before second factors.
    private static string Proved(SignInCase given) => given.State switch
    {
        "UNCONFIRMED" => Unconfirmed,
        "RESET_REQUIRED" => ResetRequired,
        "FORCE_CHANGE_PASSWORD" => $"NEW_PASSWORD_REQUIRED > {SecondFactor(given)}",
        // It stands in for the second factor.
        "REMEMBERED" => Device,
        _ => SecondFactor(given),
    };

    // One factor asked for, a preferred one before a choice, a choice before set-up.
    private static string SecondFactor(SignInCase given)
    {
        if (given.Mfa == "OFF") return Tokens;
        // An authenticator that is set up goes on working where the pool takes no new ones.
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
                ? $"{Name(preferred)} > {Tokens}"
                : $"SELECT_MFA_TYPE > {Name(asked[^1])} > {Tokens}";
        }

        if (asked is [var only]) return $"{Name(only)} > {Tokens}";
        var first = given.Offers[0];
        if (given.Mfa == "ON")
            return first == 't' ? $"MFA_SETUP > {Tokens}" : $"MFA_SETUP > {Name(first)} > {Tokens}";
        return on.Any(given.Offers.Contains) ? NoFactorLeft : Tokens;
    }

    // The triggers decide instead of the pool's MFA, but they overrule no status.
    private static string Custom(SignInCase given)
    {
        if (given.State == "UNCONFIRMED") return Unconfirmed;
        var first = given.Flow == "CUSTOM_AUTH" ? "" : "CUSTOM_CHALLENGE > ";
        return first + given.State switch
        {
            "RESET_REQUIRED" => ResetRequired,
            "FORCE_CHANGE_PASSWORD" => $"NEW_PASSWORD_REQUIRED > {Tokens}",
            "REMEMBERED" => Device,
            _ => Tokens,
        };
    }

    // The preferred way in where the user has it, or else all that there are, of which the last is taken.
    private static string Choice(SignInCase given)
    {
        var ways = WaysIn(given);
        var preferred = given.Flow.Split(' ') is [_, var named] ? named : null;
        if (preferred is not null && ways.Contains(preferred))
            return preferred is "PASSWORD" or "PASSWORD_SRP" ? Proved(given) : Code(preferred);
        var choice = $"SELECT_CHALLENGE of {string.Join(' ', ways)} > ";
        return choice + (ways[^1] == "PASSWORD" ? $"PASSWORD > {Proved(given)}" : Code(ways[^1]));

        // It confirms who was not confirmed yet. Who has to reset the password gets none.
        string Code(string way) => given.State switch
        {
            "RESET_REQUIRED" => ResetRequired,
            "REMEMBERED" => $"{way} > {Device}",
            _ => $"{way} > {Tokens}",
        };
    }

    // A code begins no sign-in where a second factor is due: the same phone proves nothing more.
    private static List<string> WaysIn(SignInCase given)
    {
        List<string> ways = ["PASSWORD_SRP", "PASSWORD"];
        var hasFactor = given.Mfa == "OPTIONAL"
            && given.On.ToLowerInvariant().Any(factor => factor == 't' || given.Offers.Contains(factor));
        if (given.Mfa == "ON" || hasFactor) return ways;
        if (given.State == "FORCE_CHANGE_PASSWORD") return ways;
        if (given.Has.Contains('e')) ways.Add("EMAIL_OTP");
        // Pools that send no text messages cannot allow it.
        if (given.Has.Contains('s') && given.Offers.Contains('s')) ways.Add("SMS_OTP");
        return ways;
    }
}
