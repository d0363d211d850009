namespace Lifeguard.Domain;

/// <summary>Why a message is sent. The name is the second half of the trigger sources (doc).</summary>
public sealed record MessageSource
{
    public static readonly MessageSource SignUp = new("SignUp");
    public static readonly MessageSource AdminCreateUser = new("AdminCreateUser");
    public static readonly MessageSource ResendCode = new("ResendCode");
    public static readonly MessageSource ForgotPassword = new("ForgotPassword");
    public static readonly MessageSource UpdateUserAttribute = new("UpdateUserAttribute");
    public static readonly MessageSource VerifyUserAttribute = new("VerifyUserAttribute");

    /// <summary>A code that a sign-in asks for.</summary>
    public static readonly MessageSource Authentication = new("Authentication");

    /// <summary>News of a risky sign-in; there is no code in it.</summary>
    public static readonly MessageSource AccountTakeOver = new("AccountTakeOverNotification");

    public static readonly IReadOnlyList<MessageSource> All =
    [
        SignUp, AdminCreateUser, ResendCode, ForgotPassword, UpdateUserAttribute, VerifyUserAttribute,
        Authentication, AccountTakeOver,
    ];

    private MessageSource(string name) => Name = name;

    public string Name { get; }

    /// <summary>Its e-mail may hold a link in place of the code: that of a registration, and its repetition.
    /// An application asks for the code of a changed address itself (doc).</summary>
    public bool CanLink => this == SignUp || this == ResendCode;

    /// <summary>The function that delivers it sees the call's ClientMetadata (doc).</summary>
    public bool TellsSenders => this == SignUp || this == ForgotPassword || this == Authentication;

    /// <summary>The source of the trigger that may word the message.</summary>
    public string Trigger => "CustomMessage_" + Name;

    /// <summary>The source of the trigger that may deliver the message.</summary>
    public string Sender(DeliveryMedium medium) =>
        (medium == DeliveryMedium.Sms ? "CustomSMSSender_" : "CustomEmailSender_") + Name;
}
