namespace Lifeguard.Worlds;

/// <summary>Pools that differ in how users are named, by a word that test data can hold.</summary>
public static class PoolKinds
{
    /// <summary>Settings for <see cref="TestPool.Create"/>.</summary>
    public static object Of(string kind) => kind switch
    {
        "plain" => new { },
        "verifies email" => new { AutoVerifiedAttributes = Email },
        "email alias" => new { AliasAttributes = Email, AutoVerifiedAttributes = Email },
        "every alias" => new { AliasAttributes = (string[])["email", "phone_number", "preferred_username"] },
        "email name" => new { UsernameAttributes = Email, AutoVerifiedAttributes = Email },
        "phone name" => new { UsernameAttributes = Phone },
        "both names" => new { UsernameAttributes = (string[])[.. Email, .. Phone] },
        "case-insensitive" => new { UsernameConfiguration = new { CaseSensitive = false } },
        "verifies both" => new
        {
            AutoVerifiedAttributes = (string[])[.. Email, .. Phone],
            SmsConfiguration = Sms,
        },
        "case-insensitive alias" => new
        {
            AliasAttributes = Email,
            AutoVerifiedAttributes = Email,
            UsernameConfiguration = new { CaseSensitive = false },
        },
        "challenge triggers" => new
        {
            LambdaConfig = new
            {
                DefineAuthChallenge = ArnOf("define"),
                CreateAuthChallenge = ArnOf("create"),
                VerifyAuthChallengeResponse = ArnOf("verify"),
            },
        },
        "closed" => new { AdminCreateUserConfig = new { AllowAdminCreateUserOnly = true } },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string[] Email => ["email"];

    private static string[] Phone => ["phone_number"];

    private static object Sms => new { SnsCallerArn = "arn:aws:iam::000000000000:role/sms" };

    private static string ArnOf(string function) =>
        $"arn:aws:lambda:us-east-1:000000000000:function:{function}";
}
