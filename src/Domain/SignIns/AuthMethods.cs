using Lifeguard.Contract;

namespace Lifeguard.Domain.SignIns;

/// <summary>Ways of proving who one is (RFC 8176 §2).</summary>
public static class AuthMethods
{
    /// <summary>A password, sent or proved.</summary>
    public const string Password = "pwd";

    /// <summary>A one-time code of an authenticator.</summary>
    public const string OneTimeCode = "otp";

    /// <summary>A code sent by e-mail; the service's own word (doc).</summary>
    public const string EmailCode = "email_otp";

    /// <summary>A code sent to a phone.</summary>
    public const string Sms = "sms";

    /// <summary>A passkey that is copied between devices, so a key in software.</summary>
    public const string SoftwareKey = "swk";

    /// <summary>A passkey that cannot leave its device, so a key in hardware.</summary>
    public const string HardwareKey = "hwk";

    /// <summary>Another identity provider said so; the service's own word (doc).</summary>
    public const string Federated = "fed";

    /// <summary>More than one factor.</summary>
    public const string Several = "mfa";

    /// <summary>The proof that an answer to a challenge is. Of a passkey only the answer shows which kind it
    /// is; for levels both are the same.</summary>
    /// <param name="challenge">A first or second factor, by the name of its challenge.</param>
    public static string Of(string challenge) => challenge switch
    {
        ChallengeNameType.SmsOtp or ChallengeNameType.SmsMfa => Sms,
        ChallengeNameType.EmailOtp => EmailCode,
        ChallengeNameType.SoftwareTokenMfa => OneTimeCode,
        ChallengeNameType.WebAuthn => SoftwareKey,
        _ => Password,
    };
}
