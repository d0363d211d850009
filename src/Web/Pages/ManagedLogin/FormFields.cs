using Lifeguard.Web.Pages.ManagedLogin.Models;

namespace Lifeguard.Web.Pages.ManagedLogin;

/// <summary>The names of what forms send.</summary>
internal static class FormFields
{
    /// <summary>Stands in every form that follows another; where it is entered, it is the visible
    /// field.</summary>
    public const string Username = "username";

    public const string Password = "password";

    /// <summary>The chain that a form continues, as the page was given it.</summary>
    public const string Session = "session";

    public const string Code = "code";

    /// <summary>When the page of a sign-in was opened, in seconds since 1970. Where it is left out nobody
    /// asks.</summary>
    public const string Opened = "opened";

    /// <summary>Where the code went, for the page after a wrong one: a <see cref="CodeMedium"/>.</summary>
    public const string SentBy = "sent_by";

    /// <summary>And its destination, masked.</summary>
    public const string SentTo = "sent_to";

    /// <summary>Stands in a form whose code comes of a reset by an administrator.</summary>
    public const string Forced = "forced";

    /// <summary>A button: sends the code anew instead of checking one.</summary>
    public const string Resend = "resend";

    /// <summary>A factor, by its name in the API, such as <c>EMAIL_OTP</c>. Where a form leads to a choice
    /// and lacks it, the choice is wanted again.</summary>
    public const string Factor = "factor";

    /// <summary>What a passkey has signed, as the JSON of WebAuthn.</summary>
    public const string Credential = "credential";

    /// <summary>An address whose domain tells the identity provider.</summary>
    public const string ProviderEmail = "idp_email";

    public const string PhoneNumber = "phone_number";

    public const string Email = "email";

    /// <summary>Of an authenticator that is being set up, as the page shows it: the page after a wrong code
    /// gets it from here, so that nobody is shown a secret who does not have it.</summary>
    public const string Secret = "secret";

    /// <summary>How the person calls an authenticator.</summary>
    public const string DeviceName = "device_name";

    /// <summary>What to do about somebody who is signed in: <see cref="Continue"/> or
    /// <see cref="SwitchUser"/>.</summary>
    public const string Account = "account";

    /// <summary>Value of <see cref="Account"/>: go on as the one who is signed in.</summary>
    public const string Continue = "continue";

    /// <summary>Value of <see cref="Account"/>: sign in as somebody else.</summary>
    public const string SwitchUser = "switch";

    /// <summary>The field of a user's attribute (observed: <c>requiredAttributes[email]</c>).</summary>
    public static string Attribute(string name) => $"requiredAttributes[{name}]";
}
