namespace Lifeguard.Worlds;

/// <summary>Pools with second factors, and what their users do with them.</summary>
public static class MfaPools
{
    /// <summary>Settings of a pool that can send text messages, for <see cref="TestPool.Create"/>.</summary>
    /// <param name="mfa">OFF, OPTIONAL or ON.</param>
    public static object Sms(string mfa) => new
    {
        MfaConfiguration = mfa,
        SmsConfiguration = new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms" },
    };

    /// <summary>A pool with these second factors.</summary>
    /// <param name="mfa">OFF, OPTIONAL or ON.</param>
    /// <param name="factors">Letters: s for SMS, t for TOTP, e for e-mail.</param>
    public static async Task<TestPool> Create(
        World world, string mfa, string factors, object? settings = null, object? client = null)
    {
        var hasSms = factors.Contains('s');
        var pool = await TestPool.Create(
            world, Calls.Merge(hasSms ? Sms("OFF") : new { }, settings), client);
        if (mfa == "OFF") return pool;
        var request = Calls.Merge(new { UserPoolId = pool.Id, MfaConfiguration = mfa }, null);
        if (factors.Contains('t'))
            request["SoftwareTokenMfaConfiguration"] = Calls.Merge(new { Enabled = true }, null);
        if (factors.Contains('e')) request["EmailMfaConfiguration"] = Calls.Merge(new { }, null);
        await world.Must("SetUserPoolMfaConfig", request);
        return pool;
    }

    /// <summary>The digits in the last SMS.</summary>
    public static string LastSmsCode(this World world) => Digits(world.Sms.Sent[^1].Body);

    /// <summary>The digits in the last e-mail.</summary>
    public static string LastEmailCode(this World world) => Digits(world.Email.Sent[^1].Body);

    /// <summary>The session that an answer asks to go on with.</summary>
    public static string SessionOf(Answer answer) => answer["Session"]!.GetValue<string>();

    /// <summary>Another code than this one.</summary>
    public static string Other(string code) => code[..^1] + (char)('0' + ((code[^1] - '0' + 1) % 10));

    private static string Digits(string body) => new([.. body.Where(char.IsAsciiDigit)]);
}
