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

    /// <summary>A key that somebody has proved to have.</summary>
    public const string Key = "pop";

    /// <summary>Another identity provider said so; the service's own word (doc).</summary>
    public const string Federated = "fed";

    /// <summary>More than one factor.</summary>
    public const string Several = "mfa";
}
